using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Forms.Import;

/// <summary><c>concentric forms import</c>, <c>check</c> and <c>export</c>: forms as files. Only the export of a published form opens the database.</summary>
internal static class FormsCommands
{
    private static readonly GivenFiles Forms = new("form");
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Add(CommandLine line)
    {
        var forms = line.Group("forms", "Forms: what citizens and advisers fill in.");
        forms.Subcommands.Add(Import());
        forms.Subcommands.Add(Forms.Check(
            "Forms of this program as JSON, or folders of them.", "Say what is wrong with forms: what cannot be read, asked, reached or ended.",
            text => FormCheck.Of(Form.Read(text)).Select(p => $"{(p.Page is null || p.Page == p.Where ? p.Where : $"{p.Page}, {p.Where}")}: {p.Message}")));
        forms.Subcommands.Add(Export(line));
    }

    private static Command Import()
    {
        var files = new Argument<string[]>("FILE") { Description = "Forms of XGov or DEFRA as JSON, or folders of them.", Arity = ArgumentArity.OneOrMore };
        var into = new Option<DirectoryInfo?>("--into") { Description = "Write each as a form of this program into this folder. Nothing that is there is overwritten." };
        var json = JsonOption.Make();
        var import = new Command("import", "Read forms of the XGov digital form builder and of DEFRA, and say by name what was understood, approximated and dropped.") { files, into, json };
        import.SetAction(async (parse, stop) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var (reports, refused) = (new List<ImportReport>(), 0);
            foreach (var file in GivenFiles.Of(parse.GetRequiredValue(files), ".json"))
            {
                try
                {
                    var imported = FormImport.Read(await Forms.Text(file, stop), Path.GetFileName(file));
                    if (parse.GetValue(into) is { } folder) await GivenFiles.WriteNew(folder, imported.Form.Id, imported.Form.Write(), stop);
                    reports.Add(imported.Report);
                    if (!parse.GetValue(json)) await output.WriteLineAsync(ImportReportText.Of(imported.Report));
                }
                catch (RefusedException e)
                {
                    refused++;
                    await error.WriteLineAsync(e.Message);
                }
            }
            if (parse.GetValue(json)) await output.WriteLineAsync(JsonSerializer.Serialize(reports, JsonOption.Format));
            else if (reports.Count + refused > 1) await output.WriteLineAsync(ImportReportText.Sum(reports, refused));
            return refused == 0 ? 0 : 1;
        });
        return import;
    }

    private static Command Export(CommandLine line)
    {
        var file = new Argument<string>("FORM") { Description = "The id of a form that is in use, or a file with a form of this program as JSON." };
        var schema = new Option<bool>("--json-schema") { Description = "Print the JSON Schema of its answers." };
        var export = new Command("export", "Print a form as JSON, or the same form as JSON Schema.") { file, schema };
        export.SetAction(async (parse, stop) =>
        {
            var given = parse.GetRequiredValue(file);
            var form = File.Exists(given) || given.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Form.Read(await Forms.Text(given, stop)) : await InUse(line.Services, given, stop);
            await parse.InvocationConfiguration.Output.WriteLineAsync(parse.GetValue(schema) ? FormSchema.Of(form).ToJsonString(Written) : form.Write());
        });
        return export;
    }

    private static async Task<Form> InUse(IServiceProvider services, string id, CancellationToken stop)
    {
        await MigrateCommand.Run(services, stop);
        return (await services.GetRequiredService<PublishedForms>().Find(id, stop))?.Form
            ?? throw new RefusedException($"There is no file “{id}”, and no form of that id is in use. The id of a form stands in its address, after /forms/.");
    }
}
