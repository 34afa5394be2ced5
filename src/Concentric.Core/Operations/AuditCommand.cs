using System.CommandLine;
using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Core.Operations;

internal static class AuditCommand
{
    public static void Add(CommandLine line)
    {
        var head = new Option<string?>("--head") { Description = "A head that an earlier run printed. It must still be in the chain; shows facts cut off the end." };
        var json = JsonOption.Make();
        var verify = new Command("verify", "Walk the journal's chain of hashes and name every fact that was changed, removed or put in. Exit code 1 when one was.") { head, json };
        verify.SetAction(async (parse, stop) =>
        {
            await using var db = await line.Services.GetRequiredService<IDbContextFactory<ConcentricDb>>().CreateDbContextAsync(stop);
            var report = await Audit.Verify(db, parse.GetValue(head), stop);
            if (parse.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(report, JsonOption.Format));
            else Print(report);
            return report.Holds ? 0 : 1;
        });
        line.Group("audit", "Check the journal of facts.").Subcommands.Add(verify);
    }

    private static void Print(AuditReport report)
    {
        foreach (var problem in report.Problems.Concat(report.Aside)) Console.WriteLine(problem);
        Console.WriteLine($"{report.Sealed} facts in the chain, {report.Erased} of them erased on purpose, {report.Waiting} waiting to be sealed.");
        Console.WriteLine(report.Holds ? "The chain holds." : "The chain does not hold.");
        Console.WriteLine($"Head: {report.Head}");
    }
}
