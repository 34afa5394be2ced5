using Concentric.Bench;

// One verb a measurement; bin/bench runs them and docs/performance.md holds what they print.
Dictionary<string, Func<string[], Task>> verbs = new(StringComparer.Ordinal)
{
    ["import"] = ImportBench.Run,
};

if (args.Length == 0 || !verbs.TryGetValue(args[0], out var verb))
{
    Console.Error.WriteLine($"Say what to measure: {string.Join(", ", verbs.Keys)}");
    return 2;
}
await verb(args[1..]);
return 0;
