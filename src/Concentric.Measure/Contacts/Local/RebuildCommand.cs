using System.CommandLine;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Operations;
using Concentric.Measure.FormUse;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Measure.Contacts.Local;

/// <summary><c>concentric contacts rebuild</c>: makes the store anew from facts and imported batches, and what is kept of form use from facts.</summary>
internal static class RebuildCommand
{
    public static void Add(CommandLine line)
    {
        var json = JsonOption.Make();
        var command = new Command("rebuild", "Make the contact store anew from the journal and the imported batches, check it against them, and take it in place of the old one. Read the visits to forms anew too.") { json };
        command.SetAction(async (parse, stop) =>
        {
            var report = await Run(line, stop);
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonOption.Format));
            else Console.WriteLine($"Rebuilt from {Say.Number(report.Facts)} facts: {Say.Number(report.Contacts)} contacts (before: {Say.Number(report.Before)}), {report.Seconds:0.0} s. Form use from {Say.Number(report.FormFacts)} facts.");
        });
        line.Group(ImportCommand.Group, ImportCommand.About).Subcommands.Add(command);
    }

    /// <summary>All that Measure derives from the journal: contacts first, which are refused while an import runs.</summary>
    internal static async Task<RebuildReport> Rebuild(Projector contacts, FormUseReader forms, CancellationToken stop)
    {
        var report = await contacts.Rebuild(stop);
        return report with { FormFacts = await forms.Rebuild(stop) };
    }

    private static async Task<RebuildReport> Run(CommandLine line, CancellationToken stop)
    {
        using var running = await RunningProgram.Find(line.Services.GetRequiredService<Settings>(), stop);
        if (running is not null) return await running.Rebuild(stop);
        try
        {
            await MigrateCommand.Run(line.Services, stop);
            return await Rebuild(line.Services.GetRequiredService<Projector>(), line.Services.GetRequiredService<FormUseReader>(), stop);
        }
        catch (ContactStoreException e)
        {
            throw new RefusedException(e.Message);
        }
    }
}
