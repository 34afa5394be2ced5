using Concentric;
using Concentric.Core;
using Concentric.Improve;
using Concentric.Measure;
using Concentric.Needs;
using Concentric.Serve;

IArea[] areas = [new CoreArea(), new NeedsArea(), new ServeArea(), new MeasureArea(), new ImproveArea()];

// Words first, then options: `concentric contacts import …`. Options alone, or nothing, start the server.
return args is [] or ["serve"] or ["serve", "--demo"] or [['-', '-', ..], ..] && !args.Any(a => a is "--help" or "-h" or "-?" or "--version")
    ? await Server.Run(args, areas)
    : await Commands.Run(args, areas);

public partial class Program;
