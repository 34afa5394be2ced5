using Concentric.Core.People;
using Concentric.Serve.Cases;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Forms;

namespace Concentric.Tests.Serve.Cases;

/// <summary>Sound processes made by chance, of blocks inside blocks: one thing, a sequence, a choice, ways at once, a loop.</summary>
internal sealed class RandomProcess(int seed)
{
    private static readonly Role[] Workers = [Role.Adviser, Role.Officer, Role.ServiceManager, Role.Partner];
    private readonly RandomForm _chance = new(seed);
    private readonly List<ProcessNode> _nodes = [];
    private readonly List<CaseLetter> _letters = [];
    private int _left = 14;

    public int Next(int below) => _chance.Next(below);

    public Process Make()
    {
        for (var i = 0; i < 5; i++) Next(2);
        var end = Add(NodeKind.End, n => n with { Outcome = CaseOutcome.Done, Says = Text("Done") });
        var first = Block(Add(NodeKind.Step, n => n with { Next = [new(end)] }), 3);
        return new()
        {
            Id = $"process-{(uint)seed}", Title = Text("A process"), Team = "Streets & parks", PromiseDays = Next(30),
            Stages = [new("one", Text("One"), Text("Two is next")), new("2", Text("Two"), Text("Nothing is next"))],
            // Where a case begins is the first.
            Nodes = [.. _nodes.OrderBy(n => n.Id != first)], Letters = _letters, Escalation = Next(2) == 0 ? [] : [new(0, Role.Officer), new(3, Role.ServiceManager)],
            ReopenAt = Next(2) == 0 ? null : _nodes.First(n => n.Kind == NodeKind.Step && n.Next.Any(f => f.To == end)).Id,
        };
    }

    /// <summary>Makes something that goes on at that node, and says where it begins. One node of it alone leads on.</summary>
    private string Block(string next, int depth)
    {
        if (depth == 0 || --_left < 0) return Single(next);
        switch (Next(5))
        {
            case 0:
                return Block(Block(next, depth - 1), depth - 1);
            case 1:
                var meet = Single(next);
                var ways = Enumerable.Range(0, 1 + Next(2)).Select(i => new Flow(Block(meet, depth - 1), $"Way {i}")).ToList();
                ways.Add(Next(3) == 0 ? new(Add(NodeKind.End, n => n with { Outcome = CaseOutcome.Refused, Says = Text("No") }), "It is <refused> & \"over\"") : new(meet, "Nothing is to be done"));
                return Add(NodeKind.Step, n => n with { Next = ways });
            case 2:
                var join = Add(NodeKind.Join, n => n with { Next = [new(next)] });
                return Add(NodeKind.Split, n => n with { Next = [.. Enumerable.Range(0, 2 + Next(2)).Select(_ => new Flow(Block(join, depth - 1)))] });
            case 3:
                var again = Add(NodeKind.Step, n => n);
                var body = Block(again, depth - 1);
                Set(again, n => n with { Next = [new(body, "Again"), new(next, "On")] });
                return body;
            default:
                return Single(next);
        }
    }

    private string Single(string next)
    {
        switch (Next(5))
        {
            case 0:
                return Add(NodeKind.Wait, n => n with { Days = Next(40), Stage = "2", Next = [new(next)] });
            case 1:
                _letters.Add(new($"letter-{_letters.Count}", Text("About {reference}"), Text("Dear citizen,\r\n\n<b>it</b> is done. ]]> {link}")));
                return Add(NodeKind.Letter, n => n with { Letter = _letters[^1].Id, Next = [new(next)] });
            default:
                return Add(NodeKind.Step, n => n with { Next = [new(next, Next(3) == 0 ? "Done" : null)] });
        }
    }

    private string Add(NodeKind kind, Func<ProcessNode, ProcessNode> with)
    {
        var id = $"{_nodes.Count}-{kind.ToString().ToLowerInvariant()}-";
        var node = new ProcessNode { Id = id, Kind = kind, Name = Next(4) == 0 ? "Look, \"twice\"\nand  again <&>" : $"{kind} {_nodes.Count}" };
        if (kind == NodeKind.Step)
            node = node with
            {
                Stage = "one", Who = [.. Workers.Take(1 + Next(3))], Team = Next(3) switch { 0 => "Benefits", 1 => "Streets & parks", _ => null }, Days = Next(2) == 0 ? null : Next(20),
                Needs = Next(3) == 0 ? ["A photograph", " the reference "] : [], NotBy = Next(4) == 0 ? [.. _nodes.Where(n => n.Kind == NodeKind.Step).Take(1 + Next(2)).Select(n => n.Id)] : [],
            };
        _nodes.Add(node);
        Set(id, with);
        return id;
    }

    private void Set(string id, Func<ProcessNode, ProcessNode> with)
    {
        var place = _nodes.FindIndex(n => n.Id == id);
        _nodes[place] = with(_nodes[place]);
    }

    private LocalText Text(string english) => Next(2) == 0 ? new LocalText(english) : new(english, $"Yn Gymraeg: {english}");
}
