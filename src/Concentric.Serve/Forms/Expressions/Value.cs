using System.Collections.Immutable;
using System.Globalization;

namespace Concentric.Serve.Forms;

/// <summary>An answer, or what an expression comes to. There are seven kinds and no other.</summary>
public abstract record Value
{
    /// <summary>What was not answered, not found, or cannot be worked out.</summary>
    public sealed record None : Value
    {
        public override string ToString() => "";
    }

    public sealed record Text(string Is) : Value
    {
        public override string ToString() => Is;
    }

    public sealed record Number(decimal Is) : Value
    {
        public override string ToString() => Is.ToString("0.############################", CultureInfo.InvariantCulture);
    }

    public sealed record Truth(bool Is) : Value
    {
        public override string ToString() => Is ? "true" : "false";
    }

    public sealed record Date(DateOnly Is) : Value
    {
        public override string ToString() => Is.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Several values: ticked boxes, files, rows of a repeating group.</summary>
    public sealed record Many(ImmutableArray<Value> Items) : Value
    {
        public bool Equals(Many? other) => other is not null && Items.SequenceEqual(other.Items);
        public override int GetHashCode() => Items.Aggregate(17, (hash, item) => HashCode.Combine(hash, item));
        public override string ToString() => string.Join(", ", Items);
    }

    /// <summary>Named parts: an address, a row of a repeating group, a row of a table.</summary>
    public sealed record Parts(ImmutableSortedDictionary<string, Value> Named) : Value
    {
        public bool Equals(Parts? other) => other is not null && Named.SequenceEqual(other.Named);
        public override int GetHashCode() => Named.Aggregate(19, (hash, part) => HashCode.Combine(hash, part.Key, part.Value));
        public override string ToString() => string.Join(", ", Named.Values.Select(v => v.ToString()).Where(v => v.Length > 0));

        public string this[string name] => Named.GetValueOrDefault(name)?.ToString() ?? "";
    }

    public static Value Nothing { get; } = new None();
    public static Value True { get; } = new Truth(true);
    public static Value False { get; } = new Truth(false);

    public bool IsNothing => this is None;

    internal bool IsList => this is Many;

    /// <summary>True, and nothing else is.</summary>
    public bool IsTrue => this is Truth { Is: true };

    public static Value Of(bool truth) => truth ? True : False;

    public static Value Of(decimal number) => new Number(number);

    public static Value Of(DateOnly date) => new Date(date);

    /// <summary>The text; nothing where there is none.</summary>
    public static Value Of(string? text) => string.IsNullOrEmpty(text) ? Nothing : new Text(text);

    public static Value Of(IEnumerable<Value> items) => new Many([.. items]);

    /// <summary>A list of texts; nothing where it is empty.</summary>
    public static Value Of(IReadOnlyCollection<string> texts) => texts.Count == 0 ? Nothing : new Many([.. texts.Select(Of)]);

    /// <summary>Named parts, without those that say nothing; nothing where all do.</summary>
    public static Value Of(IEnumerable<KeyValuePair<string, Value>> parts)
    {
        var said = parts.Where(p => !p.Value.IsNothing).ToImmutableSortedDictionary(StringComparer.Ordinal);
        return said.IsEmpty ? Nothing : new Parts(said);
    }

    /// <summary>The items of a list; the value alone where it is one; none where it is nothing.</summary>
    public ImmutableArray<Value> AsItems => this switch { Many many => many.Items, None => [], _ => [this] };

    /// <summary>The part of that name; nothing where there is none.</summary>
    public Value Part(string name) => this is Parts parts ? parts.Named.GetValueOrDefault(name, Nothing) : Nothing;
}
