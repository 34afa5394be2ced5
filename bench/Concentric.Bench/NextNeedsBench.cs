using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Concentric.Bench.Running;
using Concentric.Core.Questions;
using Concentric.Needs.Anticipation;
using Concentric.Needs.Concepts;

namespace Concentric.Bench;

/// <summary>Next likely needs over a generated model of full size, with two million person-service pairs behind it.</summary>
internal static class NextNeedsBench
{
    private const int Pairs = 2_000_000, Asked = 2_000, Approved = 500;

    public static Command Verb()
    {
        var markdown = new Option<bool>("--markdown") { Description = "Print the table for docs/performance.md." };
        var verb = new Command("needs-next", "How long next likely needs take: 5,000 services, 4,000 circumstances, 1,000 needs, 60,000 relations, 2 million pairs.") { markdown };
        verb.SetAction(parse => Run(parse.GetValue(markdown)));
        return verb;
    }

    private static void Run(bool markdown)
    {
        var watch = Stopwatch.StartNew();
        var model = GeneratedModel.Make();
        var made = watch.Elapsed;
        var of = Contacts(new SeededChance(7));
        watch.Restart();
        var learnt = AlsoAsked.Learn(of);
        var learning = watch.Elapsed;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{model.Relations.Count:N0} relations; {of.Count:N0} pairs of {of.Person[^1] + 1:N0} persons; {learnt.Pairs.Tested:N0} pairs of services tested, {learnt.Pairs.Held:N0} hold"));

        var most = Enumerable.Range(1, GeneratedModel.Services).OrderByDescending(s => learnt.Observed[s]).Take(Approved).ToList();
        var approved = most.Select(s => of.Services[s]).ToHashSet();
        var chance = new SeededChance(11);
        // Those asked about are drawn as contacts are: popular services more often. What people say is drawn evenly.
        var situations = Enumerable.Range(0, Asked).Select(_ => new KnownSoFar
        {
            Services = [.. Enumerable.Range(0, 1 + chance.Below(3)).Select(_ => of.Services[of.Service[chance.Below(of.Count)]]).Distinct()],
            LifeEvents = chance.Below(3) == 0 ? [GeneratedModel.Identifier(ConceptType.LifeEvent, chance.Below(GeneratedModel.LifeEvents))] : [],
            Circumstances = [.. Enumerable.Range(0, chance.Below(4)).Select(_ => GeneratedModel.Identifier(ConceptType.Circumstance, chance.Below(GeneratedModel.Circumstances)))],
        }).ToList();
        // What a process compiles at its first steps is no part of the figure.
        Time(situations[..20]);
        var (cold, _) = Time(situations[20..300]);
        watch.Restart();
        learnt.Prepare(most);
        var prepared = watch.Elapsed;
        var (first, found) = Time(situations);
        var table = new Figures("next likely needs", "p50 ms", "p95 ms", "p99 ms", "most ms");
        Row("as served: second opinions prepared in the background", first);
        Row("before that, 280 asked", cold);
        table.Print(Console.Out, markdown);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)found / Asked:0.0} suggestions each; model made in {made.TotalMilliseconds:0} ms, learnt in {learning.TotalSeconds:0.0} s and second opinions of {Approved} approved services prepared in {prepared.TotalSeconds:0.0} s, both in the background"));
        Console.WriteLine(Machine.Describe(TimeProvider.System));

        (double[] Times, int Found) Time(List<KnownSoFar> asked)
        {
            var (times, suggestions) = (new List<double>(), 0);
            foreach (var soFar in asked)
            {
                var start = Stopwatch.GetTimestamp();
                suggestions += NextLikelyNeeds.ForAdviser(model, learnt, approved, soFar).Count;
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            return ([.. times.Order()], suggestions);
        }

        void Row(string what, double[] times) => table.Add(what, At(times, 0.5), At(times, 0.95), At(times, 0.99), Figures.Of(times[^1], "0.00"));
    }

    private static string At(double[] times, double share) => Figures.Of(times[(int)Math.Ceiling(share * times.Length) - 1], "0.00");

    /// <summary>Persons with two to eight services over two years, half of whose next services follow from the one before.</summary>
    private static FirstContacts Contacts(SeededChance chance)
    {
        var (person, service, day) = (new int[Pairs], new ushort[Pairs], new ushort[Pairs]);
        var at = 0;
        for (var who = 0; at < Pairs; who++)
        {
            var (seen, when, now) = (new SortedSet<(int Day, int Service)>(), chance.Below(500), Any());
            var all = new HashSet<int>();
            for (var n = 2 + chance.Below(7); n > 0; n--)
            {
                if (all.Add(now)) seen.Add((when, now));
                when = Math.Min(729, when + chance.Below(60));
                now = chance.Below(2) == 0 ? (now * 31 + 17 * chance.Below(6)) % GeneratedModel.Services : Any();
            }
            foreach (var (d, s) in seen.TakeWhile(_ => at < Pairs)) (person[at], service[at], day[at++]) = (who, (ushort)(s + 1), (ushort)d);
        }
        return new()
        {
            Council = "Generated", IsSynthetic = true, From = new(2024, 1, 1), To = new DateOnly(2024, 1, 1).AddDays(729),
            Services = ["", .. Enumerable.Range(0, GeneratedModel.Services).Select(i => GeneratedModel.Identifier(ConceptType.Service, i))], Profiles = [""],
            Person = person, Service = service, Day = day, Profile = new byte[Pairs],
        };

        int Any() => Math.Min(Math.Min(chance.Below(GeneratedModel.Services), chance.Below(GeneratedModel.Services)), chance.Below(GeneratedModel.Services));
    }
}
