namespace Concentric.Serve.Forms;

/// <summary>A part of an expression's tree. Evaluating never throws and never asks for anything but the scope.</summary>
internal abstract record Node
{
    public Value Evaluate(Scope scope) => scope.Step() ? Value(scope) : Forms.Value.Nothing;

    /// <summary>This part and all that are inside it.</summary>
    public IEnumerable<Node> All => Inside.SelectMany(i => i.All).Prepend(this);

    /// <summary>The parts right inside it.</summary>
    protected virtual IEnumerable<Node> Inside => [];

    protected abstract Value Value(Scope scope);
}

internal sealed record ConstantNode(Value Is) : Node
{
    protected override Value Value(Scope scope) => Is;
}

internal sealed record NameNode(string Name, string[] Within) : Node
{
    protected override Value Value(Scope scope) => Within.Aggregate(scope.Find(Name), (value, part) => value.Part(part));
}

/// <summary>A list of single values. A list in a list is nothing: calculations that double one another would otherwise grow without end.</summary>
internal sealed record ListNode(IReadOnlyList<Node> Items) : Node
{
    protected override IEnumerable<Node> Inside => Items;

    protected override Value Value(Scope scope) => Forms.Value.Of(Items.Select(i => i.Evaluate(scope)).Select(i => i.IsList ? Forms.Value.Nothing : i));
}

internal sealed record OrNode(Node Left, Node Right) : Node
{
    protected override IEnumerable<Node> Inside => [Left, Right];

    protected override Value Value(Scope scope) => Forms.Value.Of(Left.Evaluate(scope).IsTrue || Right.Evaluate(scope).IsTrue);
}

internal sealed record AndNode(Node Left, Node Right) : Node
{
    protected override IEnumerable<Node> Inside => [Left, Right];

    protected override Value Value(Scope scope) => Forms.Value.Of(Left.Evaluate(scope).IsTrue && Right.Evaluate(scope).IsTrue);
}

internal sealed record NotNode(Node Inner) : Node
{
    protected override IEnumerable<Node> Inside => [Inner];

    protected override Value Value(Scope scope) => Forms.Value.Of(!Inner.Evaluate(scope).IsTrue);
}

internal enum Comparing { Same, Other, AtMost, AtLeast, Less, More, Contains, In }

internal sealed record CompareNode(Node Left, Comparing Kind, Node Right) : Node
{
    /// <summary>Longer signs first, so that "&lt;=" is not read as "&lt;".</summary>
    public static IReadOnlyList<(string Sign, Comparing Kind)> Signs { get; } =
    [
        ("<=", Comparing.AtMost), (">=", Comparing.AtLeast), ("!=", Comparing.Other), ("=", Comparing.Same), ("<", Comparing.Less), (">", Comparing.More),
        ("contains", Comparing.Contains), ("in", Comparing.In),
    ];

    protected override IEnumerable<Node> Inside => [Left, Right];

    protected override Value Value(Scope scope)
    {
        var (left, right) = (Left.Evaluate(scope), Right.Evaluate(scope));
        return Forms.Value.Of(Kind switch
        {
            Comparing.Same => Same(left, right, IsAskedForNothing),
            Comparing.Other => IsAskedForNothing ? !Same(left, right, true) : !left.IsNothing && !right.IsNothing && !Same(left, right, false),
            Comparing.Contains => Contains(left, right, scope),
            Comparing.In => Contains(right, left, scope),
            _ => Order(left, right) is { } order && Kind switch
            {
                Comparing.Less => order < 0,
                Comparing.AtMost => order <= 0,
                Comparing.More => order > 0,
                _ => order >= 0,
            },
        });
    }

    // Only where the word itself stands there: two answers that are both missing are not the same.
    private bool IsAskedForNothing => Left is ConstantNode { Is.IsNothing: true } || Right is ConstantNode { Is.IsNothing: true };

    internal static bool Same(Value left, Value right, bool nothing) =>
        left.IsNothing || right.IsNothing ? nothing && left.IsNothing && right.IsNothing
        : (left, right) switch
        {
            (Value.Text a, Value.Text b) => string.Equals(a.Is.Trim(), b.Is.Trim(), StringComparison.OrdinalIgnoreCase),
            _ => left == right,
        };

    private static bool Contains(Value whole, Value part, Scope scope)
    {
        if (part.IsNothing) return false;
        if (whole is Value.Text text) return part is Value.Text some && scope.Step(text.Is.Length / 1000 * (some.Is.Length / 100))
            && text.Is.Contains(some.Is, StringComparison.OrdinalIgnoreCase);
        return whole is Value.Many many && scope.Step(many.Items.Length) && many.Items.Any(i => Same(i, part, false));
    }

    /// <summary>Less than 0, 0 or more; null where the two cannot be compared.</summary>
    internal static int? Order(Value left, Value right) => (left, right) switch
    {
        (Value.Number a, Value.Number b) => a.Is.CompareTo(b.Is),
        (Value.Date a, Value.Date b) => a.Is.CompareTo(b.Is),
        (Value.Text a, Value.Text b) => string.Compare(a.Is, b.Is, StringComparison.OrdinalIgnoreCase),
        _ => null,
    };
}

internal sealed record ArithmeticNode(Node Left, char Sign, Node Right) : Node
{
    protected override IEnumerable<Node> Inside => [Left, Right];

    protected override Value Value(Scope scope)
    {
        if (Left.Evaluate(scope) is not Value.Number a || Right.Evaluate(scope) is not Value.Number b) return Forms.Value.Nothing;
        try
        {
            return Sign switch
            {
                '+' => Forms.Value.Of(a.Is + b.Is),
                '-' => Forms.Value.Of(a.Is - b.Is),
                '*' => Forms.Value.Of(a.Is * b.Is),
                _ => b.Is == 0 ? Forms.Value.Nothing : Forms.Value.Of(a.Is / b.Is),
            };
        }
        catch (OverflowException)
        {
            return Forms.Value.Nothing;
        }
    }
}

internal sealed record CallNode(Function Function, IReadOnlyList<Node> Arguments) : Node
{
    protected override IEnumerable<Node> Inside => Arguments;

    protected override Value Value(Scope scope) => Function.Name == "if"
        ? Arguments[Arguments[0].Evaluate(scope).IsTrue ? 1 : 2].Evaluate(scope)
        : Function.Call([.. Arguments.Select(a => a.Evaluate(scope))], scope);
}
