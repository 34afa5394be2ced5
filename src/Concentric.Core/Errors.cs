using System.Collections;

namespace Concentric.Core;

/// <summary>What a person must put right, in the order of the page.</summary>
public sealed class Errors : IEnumerable<Errors.Problem>
{
    private readonly List<Problem> _items = [];

    public readonly record struct Problem(string Field, string Message);

    public bool Any => _items.Count > 0;

    public string? this[string field] => _items.Find(i => i.Field == field).Message;

    /// <summary>Adds the message unless the rule holds. Only the first failing rule of a field is kept.</summary>
    public Errors Check(string field, bool rule, string message)
    {
        if (!rule && this[field] is null) _items.Add(new(field, message));
        return this;
    }

    /// <summary>The same in the order of the page, for what was checked in another order; what is not named comes last.</summary>
    /// <param name="fields">Names in the order of their boxes. A name stands for its own Welsh and numbered boxes too: "Title.cy", "Way2".</param>
    public Errors InOrder(params IReadOnlyList<string> fields)
    {
        var sorted = new Errors();
        sorted._items.AddRange(_items.OrderBy(i => fields.TakeWhile(f => !IsOf(f, i.Field)).Count()));
        return sorted;
    }

    private static bool IsOf(string name, string field) =>
        field.StartsWith(name, StringComparison.Ordinal) && (field.Length == name.Length || field[name.Length] == '.' || char.IsAsciiDigit(field[name.Length]));

    public IEnumerator<Problem> GetEnumerator() => _items.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A person asked for something that cannot be done; the message says what to do instead and is shown to them.</summary>
public sealed class RefusedException(string message) : Exception(message);
