using Concentric.Core.Data;
using Concentric.Needs;
using Concentric.Needs.Concepts;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Tests.Needs;

public sealed class ManyRowsTests
{
    [Fact]
    public async Task Each_of_many_rows_is_written_once_and_a_row_that_is_there_is_replaced()
    {
        await using var needs = await NeedsDatabase.Create(seeded: false);
        await needs.Writer.Write(db =>
        {
            db.Add(new Scheme { Uri = SchemeUris.Needs, Identifier = "needs", Label = "Needs", Version = "1", Licence = "Ours", Attribution = "Us", Source = "Us", ModifiedAt = NeedsDatabase.Now });
            return Task.FromResult(0);
        });
        await Put(needs, Enumerable.Range(0, 100).Select(i => Row(i, $"First {i}")));
        await Put(needs, Enumerable.Range(50, 77).Select(i => Row(i, $"Second {i}")));

        await using var db = needs.Open();
        var labels = await db.Concepts.AsNoTracking().ToDictionaryAsync(c => int.Parse(c.Identifier, System.Globalization.CultureInfo.InvariantCulture), c => (c.Label, c.Definition, c.Created));
        Assert.Equal(127, labels.Count);
        Assert.All(labels, l => Assert.Equal((l.Key < 50 ? $"First {l.Key}" : $"Second {l.Key}", l.Key % 3 == 0 ? null : $"What {l.Key} is", l.Key % 2 == 0 ? null : new DateOnly(2026, 1, 1).AddDays(l.Key)), l.Value));
    }

    private static Task Put(NeedsDatabase needs, IEnumerable<Concept> rows) => needs.Writer.Write(async db => { await db.PutMany(rows); return 0; });

    private static Concept Row(int i, string label) => new()
    {
        Uri = $"http://concentric.example/id/need/{i}",
        Scheme = SchemeUris.Needs,
        Identifier = $"{i}",
        Type = ConceptType.Need,
        Label = label,
        Status = ConceptStatus.Local,
        Definition = i % 3 == 0 ? null : $"What {i} is",
        Created = i % 2 == 0 ? null : new DateOnly(2026, 1, 1).AddDays(i),
    };
}
