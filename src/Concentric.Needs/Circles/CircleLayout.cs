using System.Globalization;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Circles;

/// <summary>Says where each word of a circle of need stands.</summary>
/// <remarks>
/// Needs go round clockwise from the top, the surest first. On each half they are stacked as blocks, a block being a need and the services that
/// stand with it; a block is as high as its words, so words never meet. The ellipse is then made high enough to hold the higher half, and each row
/// is moved outwards to it.
/// </remarks>
internal static class CircleLayout
{
    private const int Width = 960;
    private const int CentreX = Width / 2;
    private const int CentreRadius = 76;
    private const int OuterX = 296;
    private const int InnerX = 172;
    private const int NeedWidth = 138;
    private const int LabelGap = 12;
    private const int LabelWidth = Width / 2 - OuterX - LabelGap - 4;
    private const int LetterSize = 15;
    private const int LineHeight = 18;
    private const int RowGap = 14;
    private const int BlockGap = 26;
    private const int Margin = 28;

    // How much of the ellipse's height is used: the caps above and below would leave no room between the halves.
    private const double Used = 0.8;

    /// <summary>Most that is drawn; a larger circle is read in the list.</summary>
    public const int MostNeeds = 10, MostServices = 30;

    public static CircleDrawing Of(Circle circle)
    {
        var blocks = Blocks(circle);
        var (right, left) = Halves(blocks);
        var high = Math.Max(Math.Max(HeightOf(right), HeightOf(left)), (int)(2 * OuterX * Used));
        var outerY = (int)Math.Ceiling(high / Used / 2);
        var centreY = outerY + Margin;

        var placed = new Placed(centreY, outerY);
        Stack(placed, right, centreY - high / 2, high, atLeft: false);
        // Clockwise: the left half is read from below.
        Stack(placed, [.. Enumerable.Reverse(left)], centreY - high / 2, high, atLeft: true);

        return new()
        {
            Width = Width,
            Height = 2 * centreY,
            CentreX = CentreX,
            CentreY = centreY,
            OuterX = OuterX,
            OuterY = outerY,
            InnerX = InnerX,
            InnerY = outerY * InnerX / OuterX,
            Situation = Middle(circle.Label, CentreX, centreY, 2 * CentreRadius - 24, LetterSize + 1),
            Needs = placed.Needs,
            Services = placed.Services,
            Lines = [.. placed.Lines, .. placed.Again(blocks)],
            HasMore = circle.Needs.Count + (circle.Direct.Count > 0 ? 1 : 0) > blocks.Count
                || circle.Needs.SelectMany(n => n.Services).Concat(circle.Direct).DistinctBy(s => s.Id).Count() > placed.Services.Count,
        };
    }

    /// <summary>A need with the services that are drawn beside it, and those that stand with a need before it.</summary>
    private sealed record Block(string Label, string Href, string Title, Confidence Strength, List<CircleService> Services, List<CircleService> Elsewhere)
    {
        public IReadOnlyList<string> Lines { get; } = TextLines.Of(Label, NeedWidth - 16, LetterSize);
        public int NeedHeight => Lines.Count * LineHeight + 16;
        public int ServicesHeight => Services.Sum(RowHeight) + Math.Max(0, Services.Count - 1) * RowGap;
        public int Height => Math.Max(NeedHeight, ServicesHeight);
    }

    private static List<Block> Blocks(Circle circle)
    {
        var blocks = new List<Block>();
        if (circle.Direct.Count > 0)
            blocks.Add(new("For this situation", Links.NeedOnPage("direct"), "For this situation: services that it calls for whatever else is true", circle.Direct.Max(s => s.Strength), [], []));
        blocks.AddRange(circle.Needs.Take(MostNeeds).Select(n => new Block(n.Label, Links.NeedOnPage(n.Slug), $"{n.Label}: {n.Because[0].Need}", n.Strength, [], [])));

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var sources = (circle.Direct.Count > 0 ? [circle.Direct] : Array.Empty<IReadOnlyList<CircleService>>()).Concat(circle.Needs.Select(n => n.Services));
        foreach (var (block, services) in blocks.Zip(sources))
        {
            foreach (var service in services)
            {
                if (seen.Contains(service.Id)) block.Elsewhere.Add(service);
                else if (seen.Count < MostServices && seen.Add(service.Id)) block.Services.Add(service);
            }
        }
        return blocks;
    }

    /// <summary>Where to cut the round so that the halves are about as high as each other.</summary>
    private static (List<Block> Right, List<Block> Left) Halves(List<Block> blocks)
    {
        var cut = Enumerable.Range(0, blocks.Count + 1).MinBy(n => Math.Abs(HeightOf(blocks[..n]) - HeightOf(blocks[n..])));
        return (blocks[..cut], blocks[cut..]);
    }

    private static int HeightOf(List<Block> blocks) => blocks.Sum(b => b.Height) + Math.Max(0, blocks.Count - 1) * BlockGap;

    private static int RowHeight(CircleService service) => TextLines.Of(service.Label, LabelWidth, LetterSize).Count * LineHeight;

    private static void Stack(Placed placed, List<Block> blocks, int top, int high, bool atLeft)
    {
        // What is left over is shared out, before the first and after the last as well.
        var spare = (high - HeightOf(blocks)) / (blocks.Count + 1);
        var y = top + spare;
        foreach (var block in blocks)
        {
            placed.Add(block, y, atLeft);
            y += block.Height + BlockGap + spare;
        }
    }

    private sealed class Placed(int centreY, int outerY)
    {
        private readonly Dictionary<Block, (int X, int Y)> _ports = [];

        public List<DrawnNeed> Needs { get; } = [];
        public List<DrawnService> Services { get; } = [];
        public List<DrawnLine> Lines { get; } = [];

        public void Add(Block block, int top, bool atLeft)
        {
            var side = atLeft ? -1 : 1;
            var middle = top + block.Height / 2;
            // The box keeps clear of the dots beside its own upper and lower edge, which lie nearer the middle than those beside its centre.
            var farthest = Math.Min(RingX(middle - block.NeedHeight / 2), RingX(middle + block.NeedHeight / 2)) - NeedWidth / 2 - 26;
            var x = CentreX + side * Math.Max(NeedWidth / 2 + 8, Math.Min(RingX(middle) * InnerX / OuterX, farthest));
            var box = new Box(x - NeedWidth / 2, middle - block.NeedHeight / 2, NeedWidth, block.NeedHeight);
            Needs.Add(new(block.Label, block.Href, block.Title, new(block.Lines, x, FirstLine(middle, block.Lines.Count), box), box));
            Lines.Add(new(Path($"M{CentreX} {centreY}L{x} {middle}"), block.Strength, false));
            _ports[block] = (x + side * NeedWidth / 2, middle);

            var y = top + (block.Height - block.ServicesHeight) / 2;
            foreach (var service in block.Services)
            {
                var height = RowHeight(service);
                Add(block, service, y + height / 2, side);
                y += height + RowGap;
            }
        }

        public IEnumerable<DrawnLine> Again(List<Block> blocks) =>
            from block in blocks
            where _ports.ContainsKey(block)
            from service in block.Elsewhere
            let dot = Services.Find(s => s.Href == Links.Service(service.Id))
            where dot is not null
            select new DrawnLine(Curve(_ports[block], (dot.X, dot.Y)), service.Strength, true);

        private void Add(Block block, CircleService service, int y, int side)
        {
            var x = CentreX + side * RingX(y);
            var lines = TextLines.Of(service.Label, LabelWidth, LetterSize);
            var wide = lines.Max(l => TextLines.WidthOf(l, LetterSize));
            var start = x + side * LabelGap;
            var box = new Box(side > 0 ? start : start - wide, y - lines.Count * LineHeight / 2, wide, lines.Count * LineHeight);
            Services.Add(new(service.Label, Links.Service(service.Id), $"{service.Label}: {service.Reason}", x, y, side < 0, new(lines, start, FirstLine(y, lines.Count), box)));
            Lines.Add(new(Curve(_ports[block], (x, y)), service.Strength, false));
        }

        /// <summary>How far right of the middle the outer ring is at a height.</summary>
        private int RingX(int y)
        {
            var t = (double)(y - centreY) / outerY;
            return (int)Math.Round(OuterX * Math.Sqrt(Math.Max(0, 1 - t * t)));
        }

        private static string Curve((int X, int Y) from, (int X, int Y) to)
        {
            var bend = (to.X - from.X) / 2;
            return Path($"M{from.X} {from.Y}C{from.X + bend} {from.Y} {to.X - bend} {to.Y} {to.X} {to.Y}");
        }

        private static string Path(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
    }

    private static DrawnText Middle(string text, int x, int y, int width, int size)
    {
        var lines = TextLines.Of(text, width, size);
        return new(lines, x, FirstLine(y, lines.Count), new(x - CentreRadius, y - CentreRadius, 2 * CentreRadius, 2 * CentreRadius));
    }

    // Letters stand on their base line, about a third of their size below their middle.
    private static int FirstLine(int middle, int lines) => middle - (lines - 1) * LineHeight / 2 + LetterSize / 3;
}
