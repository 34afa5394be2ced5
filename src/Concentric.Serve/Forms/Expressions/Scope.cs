namespace Concentric.Serve.Forms;

/// <summary>What an expression may know: values by name, and the day. Each expression that is evaluated in it begins with a new budget of steps.</summary>
public sealed class Scope(Func<string, Value> find, DateOnly today)
{
    /// <summary>Most steps that one expression may take.</summary>
    public const int MostSteps = 20_000;

    private int _steps;

    public DateOnly Today => today;

    /// <summary>The value of a name; nothing where there is none.</summary>
    public Value Find(string name) => find(name);

    internal void Begin() => _steps = 0;

    /// <summary>False once the budget is used up: what is left to evaluate is nothing.</summary>
    internal bool Step(int steps = 1) => (_steps += steps) <= MostSteps;
}
