using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;

namespace Concentric.Serve.Cases;

/// <summary><c>concentric processes import</c>, <c>check</c> and <c>export</c>: processes as files. None of them opens the database.</summary>
internal static class ProcessCommands
{
    private static readonly GivenFiles Processes = new("process");

    public static void Add(CommandLine line)
    {
        var processes = line.Group("processes", "Processes: how cases are worked.");
        processes.Subcommands.Add(Import());
        processes.Subcommands.Add(Processes.Check(
            "Processes of this program as JSON, or folders of them.", "Say what is wrong with processes: what does not fit together, and what could keep a case from its end.",
            text => ProcessCheck.Of(Process.Read(text)).Select(p => p.InWords())));
        processes.Subcommands.Add(Export());
    }

    private static Command Import()
    {
        var files = new Argument<string[]>("FILE") { Description = "Process maps in BPMN 2.0 (.bpmn, .xml), or folders of them.", Arity = ArgumentArity.OneOrMore };
        var into = new Option<DirectoryInfo?>("--into") { Description = "Write each as a process of this program into this folder. Nothing that is there is overwritten." };
        var json = JsonOption.Make();
        var import = new Command("import", "Read process maps in BPMN 2.0, and say by name what was understood, approximated and dropped.") { files, into, json };
        import.SetAction(async (parse, stop) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var (reports, refused) = (new List<BpmnReport>(), 0);
            foreach (var file in GivenFiles.Of(parse.GetRequiredValue(files), ".bpmn", ".xml"))
            {
                try
                {
                    var imported = BpmnImport.Read(await Processes.Text(file, stop), Path.GetFileName(file));
                    if (parse.GetValue(into) is { } folder) await GivenFiles.WriteNew(folder, imported.Process.Id, imported.Process.Write(), stop);
                    reports.Add(imported.Report);
                    if (!parse.GetValue(json)) await output.WriteLineAsync(imported.Report.InWords());
                }
                catch (RefusedException e)
                {
                    refused++;
                    await error.WriteLineAsync(e.Message);
                }
            }
            if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(reports, JsonOption.Format));
            else if (reports.Count + refused > 1) await output.WriteLineAsync($"{reports.Count} processes read, {reports.Count(r => r.Problems.Count == 0)} of them in order, {refused} refused.");
            return refused == 0 ? 0 : 1;
        });
        return import;
    }

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "A process of this program as JSON." };
        var bpmn = new Option<bool>("--bpmn") { Description = "Print it as BPMN 2.0, drawn." };
        var export = new Command("export", "Print a process as JSON, or the same process as BPMN 2.0.") { file, bpmn };
        export.SetAction(async (parse, stop) =>
        {
            var process = Process.Read(await Processes.Text(parse.GetRequiredValue(file), stop));
            await parse.InvocationConfiguration.Output.WriteAsync(parse.GetValue(bpmn) ? BpmnExport.Of(process) : process.Write() + '\n');
        });
        return export;
    }
}
