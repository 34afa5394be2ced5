namespace Concentric.Serve.Demo;

/// <summary>The time that it was when something of the demo happened.</summary>
internal sealed class DemoClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
