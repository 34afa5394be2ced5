using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Measured = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Measure;

/// <summary>Which team a contact counts for.</summary>
[Trait("Database", "none")]
public sealed class TeamTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly TestMeasure _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_contact_is_of_the_team_that_answered_last_and_what_follows_it_too()
    {
        await _test.Write(Raised(1), Raised(2), Raised(3), Raised(4, follows: 1), Raised(5), Answered(1, "Waste"), Answered(2, ""), new EnquiryAnswered($"{Reference.Of(5)}", null, true));
        await _test.CatchUp();
        Assert.Equal("1 Waste, 2 The desk, 3 Not known, 4 Waste, 5 Not known", await Teams());

        // Chased again before the next answer, and said twice by whoever had it.
        await _test.Write(Raised(6, follows: 4), Answered(1, "Highways"), Answered(3, "Waste"), Answered(3, ""));
        await _test.CatchUp();

        Assert.Equal("1 Highways, 2 The desk, 3 The desk, 4 Highways, 5 Not known, 6 Highways", await Teams());
        var council = _test.Store.Dimensions.Council("northmoor")!.Code;
        var asked = await _test.Store.Query(CubeQuery.CitizenContacts(council).GroupedBy(Dimension.Team).Counting(Measured.Contacts), TestContext.Current.CancellationToken);
        Assert.Equal([("Not known", 1), ("The desk", 2), ("Highways", 3)], Enumerable.Range(0, asked.Rows).Select(r => (_test.Store.Dimensions.Label(Dimension.Team, asked.Code(r, Dimension.Team)), (int)asked.Count(r, Measured.Contacts))).OrderBy(t => t.Item2));
    }

    [Fact]
    public async Task A_team_that_is_called_as_what_has_none_can_be_asked_for()
    {
        await _test.Write(Raised(1), Raised(2), Raised(3), Answered(1, "none"), Answered(2, ""));
        await _test.CatchUp();
        var names = _test.Store.Dimensions;
        var council = names.Council("northmoor")!.Code;

        Assert.Equal("none", names.Label(Dimension.Team, ContactValues.Code(Dimension.Team, "none", council, names)));
        Assert.Equal("The desk", names.Label(Dimension.Team, ContactValues.Code(Dimension.Team, "desk", council, names)));
    }

    [Fact]
    public async Task Counted_by_hand_at_once_in_small_pieces_and_built_anew_it_is_the_same()
    {
        var (facts, byHand) = Story(600);
        await _test.Write(facts);
        await _test.CatchUp();
        await using var slowly = new TestMeasure();
        foreach (var part in facts.Chunk(7))
        {
            await slowly.Write(part);
            await slowly.CatchUp();
        }

        Assert.Equal(byHand, await Teams());
        Assert.Equal(byHand, await Teams(slowly));
        await slowly.Projector.Rebuild(TestContext.Current.CancellationToken);
        Assert.Equal(byHand, await Teams(slowly));
        Assert.All(["Waste", "The desk", "Not known"], team => Assert.Contains(team, byHand, StringComparison.Ordinal));
    }

    private Task<string> Teams(TestMeasure? of = null)
    {
        var store = (of ?? _test).Store;
        return store.Read(reader =>
        {
            using var rows = reader.Connection.Query("SELECT case_ref, team FROM contact ORDER BY case_ref");
            var found = new List<string>();
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Rows; i++) found.Add($"{rows.Column(0).Unsigned(i) / 31} {store.Dimensions.Label(Dimension.Team, (int)rows.Column(1).Number(i))}");
            }
            return string.Join(", ", found);
        }, TestContext.Current.CancellationToken);
    }

    /// <summary>Enquiries, some of which follow another, and answers by teams in an order by chance; and the team of each, told from the facts one by one.</summary>
    private static (List<IFact> Facts, string ByHand) Story(int count)
    {
        var chance = new SeededChance(77);
        string?[] names = ["Waste", "Highways", "", null];
        var (facts, root, team) = (new List<IFact>(), new SortedDictionary<int, int>(), new Dictionary<int, string>());
        for (var i = 1; i <= count; i++)
        {
            if (root.Count < 3 || chance.Below(2) == 0)
            {
                var number = root.Count + 1;
                var follows = number > 2 && chance.Below(3) == 0 ? 1 + chance.Below(number - 1) : 0;
                root[number] = follows == 0 ? number : root[follows];
                facts.Add(Raised(number, follows));
            }
            else
            {
                var number = 1 + chance.Below(root.Count);
                var by = names[chance.Below(names.Length)];
                facts.Add(new EnquiryAnswered($"{Reference.Of((ulong)number)}", null, true, by));
                // Only what began the thread says whose it is.
                if (by is not null && root[number] == number) team[number] = by.Length == 0 ? "The desk" : by;
            }
        }
        return (facts, string.Join(", ", root.Select(r => $"{r.Key} {team.GetValueOrDefault(r.Value, "Not known")}")));
    }

    private static EnquiryRaised Raised(int number, int follows = 0) =>
        new($"{Reference.Of((ulong)number)}", "northmoor", "524", "web", 0, Monday.AddHours(number), follows == 0 ? null : $"{Reference.Of((ulong)follows)}");

    private static EnquiryAnswered Answered(int number, string team) => new($"{Reference.Of((ulong)number)}", null, true, team);
}
