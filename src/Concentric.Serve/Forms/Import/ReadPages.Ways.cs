namespace Concentric.Serve.Forms.Import;

/// <summary>The order of the pages, and the ways from one to another.</summary>
internal sealed partial class ReadPages
{
    /// <summary>v2: the order of the source; what stands after the summary is never reached.</summary>
    private List<FormPage> InOrder()
    {
        root.Said("startPage");
        var (ordered, never) = (new List<FormPage>(), new List<FormPage>());
        var ended = false;
        foreach (var read in _read)
        {
            foreach (var link in read.Source.Each("next"))
            {
                link.Said("path");
                link.Said("condition");
                read.Thing.OurWay("Ways on are not used by this version of the source; conditions of pages are");
            }
            if (read.IsEnd) ended = true;
            else if (ended)
            {
                read.Thing.OurWay("It stands after the summary, so nobody ever reaches it; it is kept and never shown");
                never.AddRange(read.Parts.Select(p => p with { ShowIf = "false" }));
            }
            else ordered.AddRange(read.Parts);
        }
        return Started(WithNever(ordered, never));
    }

    private List<FormPage> ByRoute(string end)
    {
        var byPath = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (i, read) in _read.Index()) byPath.TryAdd(Normal(read.Path), i);
        var route = new List<RoutePage>();
        foreach (var (i, read) in _read.Index()) route.Add(new(i, read.IsEnd, read.IsEnd || read.IsStop ? [] : Links(read, byPath)));
        var way = Route.Of(route, Start(byPath));
        var order = way.Order.Where(i => !_read[i].IsEnd).ToList();
        var (ordered, never) = (new List<FormPage>(), new List<FormPage>());
        foreach (var (at, i) in order.Index())
        {
            var read = _read[i];
            if (!way.Reached.Contains(i))
            {
                read.Thing.OurWay("No way leads to it, so nobody ever reaches it; it is kept and never shown");
                never.AddRange(read.Parts.Select(p => p with { ShowIf = "false" }));
                continue;
            }
            int? following = at + 1 < order.Count && way.Reached.Contains(order[at + 1]) ? order[at + 1] : null;
            ordered.AddRange(read.Parts.Take(read.Parts.Count - 1));
            ordered.Add(read.Parts[^1] with { Next = read.IsStop ? [] : Jumps(read, route[i], way, following, end) });
        }
        return Started(WithNever(ordered, never));
    }

    /// <summary>Puts pages that nobody reaches where a way passes them by, so that none stands after the end of every way.</summary>
    private static List<FormPage> WithNever(List<FormPage> ordered, List<FormPage> never)
    {
        if (never.Count == 0) return ordered;
        var at = ordered.FindLastIndex(p => !p.Stop && p.Next.All(j => j.If is not null));
        if (at < 0)
        {
            // Every page leads elsewhere or ends the form: a way that nobody takes.
            if (ordered.FindIndex(p => !p.Stop) is >= 0 and var some) ordered[some] = ordered[some] with { Next = [new(never[0].Id, "false"), .. ordered[some].Next] };
            return [.. ordered, .. never];
        }
        ordered.InsertRange(at + 1, never);
        return ordered;
    }

    /// <summary>The first page is always asked: nothing is known before it, and the source begins there whatever its condition says.</summary>
    private List<FormPage> Started(List<FormPage> ordered)
    {
        if (ordered is [{ ShowIf: not null and not "false" } first, ..])
        {
            ordered[0] = first with { ShowIf = null };
            _read.First(r => r.Parts.Any(p => p.Id == first.Id)).Thing.OurWay("Its condition is left out: it is the first page, where the source begins whatever it says");
        }
        return ordered;
    }

    private int Start(Dictionary<string, int> byPath)
    {
        var start = root.Said("startPage");
        if (start is not null && byPath.TryGetValue(Normal(start), out var index)) return index;
        notes.At("").Approximated($"The first page “{start}” is not there; the first in the file is");
        return 0;
    }

    private List<RouteLink> Links(Read read, Dictionary<string, int> byPath)
    {
        var links = new List<RouteLink>();
        foreach (var link in read.Source.Each("next"))
        {
            var (path, condition) = (link.Said("path") ?? "", link.Said("condition"));
            if (link.Said("redirect") is { } address) read.Thing.Dropped($"A way leads out of the form, to {ImportNotes.Shortly(address)}");
            else if (!byPath.TryGetValue(Normal(path), out var to)) read.Thing.OurWay($"The way to {path} leads nowhere, in the source either, and is left out");
            else if (condition is not null && conditions.Find(condition) is null) read.Thing.Approximated($"The way to {path} has the condition “{condition}”, which is not there; nobody takes it, in the source either");
            else
            {
                if (condition is null && links.RemoveAll(l => l.Condition is null) > 0) read.Thing.OurWay("Several ways have no condition; the source takes the last of them, and so does our form");
                links.Add(new(to, condition, path));
            }
        }
        return links;
    }

    /// <summary>The first whose condition holds, as in the source; then the one without a condition, of which the last counts there.</summary>
    private List<Jump> Jumps(Read read, RoutePage page, Route way, int? following, string end)
    {
        var jumps = new List<Jump>();
        string Target(RouteLink link) => _read[link.To!.Value] is { IsEnd: false } to ? to.Parts[0].Id : end;
        bool IsBack(RouteLink link)
        {
            if (!way.Back.Contains((page.Index, link.To!.Value))) return false;
            read.Thing.Approximated($"A way leads back to {link.Named}{(link.Condition is null ? "" : $" under “{link.Condition}”")}; no way leads back here, so it is left out");
            return true;
        }

        foreach (var link in page.Links.Where(l => l.Condition is not null))
            if (!IsBack(link)) jumps.Add(new(Target(link), conditions.Find(link.Condition!)));
        var otherwise = page.Links.LastOrDefault(l => l.Condition is null);
        if (otherwise is null && page.Links.Count > 0) read.Thing.OurWay("Where no condition holds, the form goes on to the check of the answers");
        var onward = otherwise is null || IsBack(otherwise) ? end : Target(otherwise);
        var next = following is { } index ? _read[index].Parts[0].Id : end;
        if (onward != next) jumps.Add(new(onward));
        return jumps;
    }
}
