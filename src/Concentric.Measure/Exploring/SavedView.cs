using System.Text.Json;
using Concentric.Core.Data;
using Concentric.Core.Operations;
using Concentric.Measure.Contacts.Asking;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Concentric.Measure.Exploring;

/// <summary>A view of Explore under a name: the question, and how its answer is drawn. Figures are not kept; they are counted anew each time.</summary>
public sealed class SavedView
{
    public required Guid Id { get; init; }

    /// <summary>The person who saved it, as the journal names them.</summary>
    public required string Owner { get; init; }

    public required string Name { get; set; }

    /// <summary>JSON of a <see cref="ContactQuestion"/>, as it was understood when it was saved.</summary>
    public required string Question { get; init; }

    /// <summary>Name of the <see cref="ChartKind"/>.</summary>
    public required string Chart { get; init; }

    /// <summary>Whether everybody who may open Explore may open it.</summary>
    public required bool IsShared { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>What it asks. Names that mean nothing any more are kept, and the page says which; measures that were renamed get their new name.</summary>
    public ExploreQuestion Asks
    {
        get
        {
            var question = JsonSerializer.Deserialize<ContactQuestion>(Question, JsonOption.Format)!;
            return new()
            {
                Question = question with { Measures = [.. question.Measures.Select(m => AskedMeasure.Formerly.GetValueOrDefault(m, m))] },
                Chart = Enum.GetValues<ChartKind>().FirstOrDefault(k => AskContacts.Kebab(k) == Chart),
            };
        }
    }

    /// <summary>The question as it is kept.</summary>
    public static string Json(ContactQuestion question) => JsonSerializer.Serialize(question, JsonOption.Format);

    internal sealed class Table : IEntityTypeConfiguration<SavedView>
    {
        public void Configure(EntityTypeBuilder<SavedView> table)
        {
            table.ToTable("measure_saved_view");
            table.HasIndex(v => v.Owner);
        }
    }
}

/// <summary>The view with which Explore opens for a person.</summary>
public sealed class FirstView
{
    public required string Owner { get; init; }
    public required Guid View { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<FirstView>
    {
        public void Configure(EntityTypeBuilder<FirstView> table)
        {
            table.ToTable("measure_first_view");
            table.HasKey(v => v.Owner);
        }
    }
}

/// <summary>A saved view as a list shows it.</summary>
public sealed record SavedViewLine
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required bool IsOwn { get; init; }
    public required bool IsShared { get; init; }

    /// <summary>Explore opens with it for this visitor.</summary>
    public required bool IsFirst { get; init; }
}

internal static class SavedViewList
{
    extension(ConcentricDb db)
    {
        public DbSet<SavedView> SavedViews => db.Set<SavedView>();
        public DbSet<FirstView> FirstViews => db.Set<FirstView>();
    }

    /// <summary>The views that a person may open, their own first, each by name.</summary>
    public static async Task<IReadOnlyList<SavedViewLine>> Of(ConcentricDb db, string person, CancellationToken stop)
    {
        var first = await db.FirstViews.AsNoTracking().Where(f => f.Owner == person).Select(f => (Guid?)f.View).FirstOrDefaultAsync(stop);
        var views = await db.SavedViews.AsNoTracking().Where(v => v.Owner == person || v.IsShared).ToListAsync(stop);
        return [.. views.OrderBy(v => v.Owner != person).ThenBy(v => v.Name, StringComparer.OrdinalIgnoreCase).ThenBy(v => v.Id).Select(v => new SavedViewLine
        {
            Id = v.Id, Name = v.Name, Address = v.Asks.Address(), IsOwn = v.Owner == person, IsShared = v.IsShared, IsFirst = v.Id == first,
        })];
    }
}
