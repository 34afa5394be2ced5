using Concentric.Core;
using Concentric.Serve.Forms.Import;

namespace Concentric.Serve.Cases;

/// <summary>
/// Reads process maps in BPMN 2.0: those that <see cref="BpmnExport"/> wrote without loss, those of other programs as well as can be, saying by name what was
/// understood, approximated and dropped.
/// </summary>
public static class BpmnImport
{
    /// <summary>Reads the first process of a file.</summary>
    /// <param name="fileName">As messages call it; it stands in for a name where the file says none.</param>
    /// <exception cref="RefusedException">It is no BPMN 2.0, or more than is read; the message says what to do.</exception>
    public static ImportedProcess Read(string xml, string fileName)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName);
        var map = new BpmnMap(BpmnFile.Read(xml, fileName), stem);
        var reading = new BpmnReading(map);
        var (nodes, toFillIn) = (reading.Nodes(), new List<string>());
        if (nodes.Count == 0) throw new RefusedException($"{fileName} holds no step that its start leads to. Draw the way from the start, and save it again.");
        var process = map.Ours is { } ours
            // Whichever of the two was written anew in another editor.
            ? ours with { Title = ours.Title with { En = new[] { map.Pool, map.Title }.OfType<string>().FirstOrDefault(t => t != ours.Title.En) ?? ours.Title.En }, Nodes = nodes }
            : Foreign(map, stem, nodes, reading.Team, toFillIn);
        // The id names a file, and what the extension says may have been typed by anybody.
        if (!ProcessCheck.IsId(process.Id))
        {
            map.Whole.Approximated($"its id “{ImportNotes.Shortly(process.Id)}” is none of ours");
            process = process with { Id = new Ids().Take(process.Title.En, "process") };
        }
        if (reading.HasStageOfImport) process = process with { Stages = [.. process.Stages.Where(s => s.Id != BpmnReading.Work.Id), BpmnReading.Work] };
        if (reading.HasForeignSteps)
        {
            map.Whole.Approximated("no roles are known; officers may do each step");
            toFillIn.Add("who: the roles that may do each step");
            toFillIn.Add("stages: what the citizen is told while a case is in a part of the work");
        }
        map.Whole.Became = process.Id;
        return new(process, new() { FileName = fileName, Exporter = map.Exporter, Things = map.Things, ToFillIn = toFillIn, Problems = ProcessCheck.Of(process) });
    }

    private static Process Foreign(BpmnMap map, string stem, IReadOnlyList<ProcessNode> nodes, string team, List<string> toFillIn)
    {
        if (team.Length == 0) toFillIn.Add("team: the team whose cases these are");
        toFillIn.Add("promiseDays: in how many working days the whole is promised");
        toFillIn.Add("says: what the citizen is told at each end");
        var title = map.Title ?? map.Pool ?? stem;
        return new() { Id = new Ids().Take(title, "process"), Title = title, Team = team, PromiseDays = 0, Stages = [], Nodes = nodes };
    }
}
