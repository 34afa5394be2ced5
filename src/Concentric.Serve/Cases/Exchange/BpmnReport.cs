using System.Globalization;
using System.Text;
using Concentric.Serve.Forms.Import;

namespace Concentric.Serve.Cases;

/// <summary>Something of a file of BPMN by name, and what became of it.</summary>
/// <param name="Kind">The name of its element, as <c>userTask</c>.</param>
/// <param name="Name">Its name there; its id where it has none.</param>
/// <param name="Became">The id of the node that it became; null where it became none.</param>
public sealed record BpmnThing(string Kind, string Name, string? Became, ImportOutcome Outcome, IReadOnlyList<ImportNote> Notes);

/// <summary>What an import of BPMN understood, approximated and dropped, by name, and what is wrong with the process that came of it.</summary>
public sealed record BpmnReport
{
    public required string FileName { get; init; }

    /// <summary>The program that says that it wrote the file.</summary>
    public required string Exporter { get; init; }

    public required IReadOnlyList<BpmnThing> Things { get; init; }

    /// <summary>What the file does not say and a process needs.</summary>
    public required IReadOnlyList<string> ToFillIn { get; init; }

    public required IReadOnlyList<ProcessProblem> Problems { get; init; }

    /// <summary>The report in words.</summary>
    public string InWords()
    {
        var text = new StringBuilder();
        void Part(string title, IEnumerable<string> lines)
        {
            var all = lines.ToList();
            if (all.Count > 0) text.AppendLine(CultureInfo.InvariantCulture, $"  {title}:");
            foreach (var line in all) text.AppendLine(CultureInfo.InvariantCulture, $"    {line}");
        }
        IEnumerable<string> Notes(ImportOutcome outcome) => from thing in Things from note in thing.Notes where note.Outcome == outcome select $"{thing.Kind} {thing.Name}: {note.Says}";

        text.AppendLine(CultureInfo.InvariantCulture, $"{FileName} (BPMN 2.0, {Exporter})");
        Part("dropped", Notes(ImportOutcome.Dropped));
        Part("approximated", Notes(ImportOutcome.Approximated));
        Part("done our way", Notes(ImportOutcome.OurWay));
        Part("understood", Things.Where(t => t.Outcome < ImportOutcome.Approximated).Select(t => $"{t.Kind} {t.Name}{(t.Became is null ? "" : $" -> {t.Became}")}"));
        Part("to be filled in", ToFillIn);
        Part("wrong with the process", Problems.Select(p => p.InWords()));
        return text.ToString();
    }
}

/// <summary>A process that was imported, with the report of it.</summary>
public sealed record ImportedProcess(Process Process, BpmnReport Report);

/// <summary>A thing of the file while the report is written.</summary>
internal sealed class BpmnNote(string kind, string name)
{
    private const int MostNotes = 50;
    private readonly List<ImportNote> _notes = [];

    public string? Became { get; set; }

    public void OurWay(string says) => Add(ImportOutcome.OurWay, says);
    public void Approximated(string says) => Add(ImportOutcome.Approximated, says);
    public void Dropped(string says) => Add(ImportOutcome.Dropped, says);

    public BpmnThing Thing() => new(kind, name, Became, _notes.Count == 0 ? ImportOutcome.Understood : _notes.Max(n => n.Outcome), [.. _notes]);

    private void Add(ImportOutcome outcome, string says)
    {
        if (_notes.Count < MostNotes && !_notes.Exists(n => n.Says == says)) _notes.Add(new(outcome, says));
    }
}
