namespace Concentric.Serve.Forms.Import;

/// <summary>What became of something of the source, from best to worst.</summary>
public enum ImportOutcome
{
    /// <summary>Carried as it is.</summary>
    Understood,

    /// <summary>Means nothing here: what the source's own editor keeps for itself, or what is empty.</summary>
    Needless,

    /// <summary>What is asked, told and routed is the same; how it looks or is typed is the way of this program.</summary>
    OurWay,

    /// <summary>Carried with a difference that somebody could notice in the answers or in the way through the form.</summary>
    Approximated,

    /// <summary>Not carried.</summary>
    Dropped,
}

public enum ImportedKind { Form, Section, List, Choice, Condition, Page, Component }

/// <summary>Something of the source by name, and what became of it.</summary>
/// <param name="Name">Its name there: the path of a page, the name of a component, the display name of a condition.</param>
/// <param name="Became">Its id in our form; null where it has none.</param>
/// <param name="Notes">How it was approximated, why it was dropped, what is done our way.</param>
public sealed record ImportedThing(ImportedKind Kind, string Name, string? Became, ImportOutcome Outcome, IReadOnlyList<ImportNote> Notes)
{
    /// <summary>Where it stands in the source, as <c>/pages/3/components/0</c>.</summary>
    public required string Place { get; init; }

    /// <summary>Carried without loss, all that stands inside it too.</summary>
    public required bool Whole { get; init; }
}

public sealed record ImportNote(ImportOutcome Outcome, string Says);

/// <summary>Properties of the source that were left out for a known reason, counted by their place.</summary>
public sealed record LeftOut(string Property, int Times, ImportOutcome Outcome, string Why);

/// <summary>How many of how many were carried without loss.</summary>
public sealed record ImportTally(int Whole, int All)
{
    public override string ToString() => $"{Whole} of {All}";
}

/// <summary>What an import understood, approximated and dropped, by name.</summary>
public sealed record ImportReport
{
    public required string FileName { get; init; }

    /// <summary>How the source is written: <c>XGov/DEFRA v1</c> or <c>DEFRA v2</c>.</summary>
    public required string Format { get; init; }

    public required IReadOnlyList<ImportedThing> Things { get; init; }
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>What the source does not say and our form needs before it can be published.</summary>
    public required IReadOnlyList<string> ToFillIn { get; init; }

    public ImportTally Pages => Tally(ImportedKind.Page);
    public ImportTally Conditions => Tally(ImportedKind.Condition);
    public ImportTally Components => Tally(ImportedKind.Component);
    public ImportTally Choices => Tally(ImportedKind.Choice);

    public IEnumerable<ImportedThing> Of(ImportedKind kind) => Things.Where(t => t.Kind == kind);

    private ImportTally Tally(ImportedKind kind) => new(Of(kind).Count(t => t.Whole), Of(kind).Count());
}

/// <summary>A form that was imported, with the report of it.</summary>
public sealed record ImportedForm(Form Form, ImportReport Report);
