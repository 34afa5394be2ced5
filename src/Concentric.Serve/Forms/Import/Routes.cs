namespace Concentric.Serve.Forms.Import;

/// <summary>A page of the source in the graph of v1.</summary>
/// <param name="Links">Where it leads: the index of a page, or null for the end; and the condition.</param>
internal sealed record RoutePage(int Index, bool IsEnd, IReadOnlyList<RouteLink> Links);

/// <param name="To">Index of a page; null: the end.</param>
internal sealed record RouteLink(int? To, string? Condition, string Named);

/// <summary>An order of pages in which every way leads forward.</summary>
/// <param name="Order">Indexes of the pages.</param>
/// <param name="Back">Links that lead back whatever the order: a circle in the source.</param>
/// <param name="Reached">Pages that some way from the start leads to.</param>
internal sealed record Route(IReadOnlyList<int> Order, IReadOnlySet<(int From, int To)> Back, IReadOnlySet<int> Reached)
{
    /// <summary>Orders pages so that links lead forward, and otherwise as the author did. The first page stays first.</summary>
    public static Route Of(IReadOnlyList<RoutePage> pages, int start)
    {
        var back = new HashSet<(int, int)>();
        var state = new byte[pages.Count];
        var reached = new HashSet<int>();
        Walk(pages, start, state, back, i => reached.Add(i));
        for (var i = 0; i < pages.Count; i++) Walk(pages, i, state, back, _ => { });

        var ahead = pages.Select(p => p.Links.Where(l => l.To is { } to && !back.Contains((p.Index, to))).Select(l => l.To!.Value).Distinct().ToList()).ToList();
        var waiting = new int[pages.Count];
        foreach (var to in ahead.SelectMany(a => a)) waiting[to]++;
        var ready = new PriorityQueue<int, (int, int)>();
        void Ready(int page) => ready.Enqueue(page, (page == start ? 0 : reached.Contains(page) ? 1 : 2, page));
        for (var i = 0; i < pages.Count; i++)
            if (waiting[i] == 0) Ready(i);
        var order = new List<int>();
        while (ready.TryDequeue(out var page, out _))
        {
            order.Add(page);
            foreach (var to in ahead[page])
                if (--waiting[to] == 0) Ready(to);
        }
        return new([.. order.Where(reached.Contains), .. order.Where(i => !reached.Contains(i))], back, reached);
    }

    /// <summary>Visits what can be reached, without recursion; a link to a page that is still being visited leads back.</summary>
    private static void Walk(IReadOnlyList<RoutePage> pages, int from, byte[] state, HashSet<(int, int)> back, Action<int> reach)
    {
        if (state[from] != 0) return;
        var stack = new Stack<(int Page, int Next)>();
        stack.Push((from, 0));
        state[from] = 1;
        reach(from);
        while (stack.TryPop(out var at))
        {
            var links = pages[at.Page].Links;
            if (at.Next == links.Count)
            {
                state[at.Page] = 2;
                continue;
            }
            stack.Push((at.Page, at.Next + 1));
            if (links[at.Next].To is not { } to) continue;
            if (state[to] == 1) back.Add((at.Page, to));
            else if (state[to] == 0)
            {
                state[to] = 1;
                reach(to);
                stack.Push((to, 0));
            }
        }
    }
}
