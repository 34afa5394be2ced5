using System.Globalization;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Circles;

/// <summary>Says where each word of a circle of need stands.</summary>
/// <remarks>
/// Needs go round clockwise from the top, the surest first. On each half, services are stacked in rows as high as their words, and each row is moved
/// outwards to the outer ring; the ring is made high enough for the higher half. Each need then stands on the inner ring as near to the height of its
/// services as the needs beside it allow. So words never meet, whatever the circle holds.
/// </remarks>
internal static class CircleLayout
{
    public const int CentreRadius = 76;
    public const int LineHeight = 18;

    /// <summary>Most that is drawn; a larger circle is read in the list.</summary>
    public const int MostNeeds = 10, MostServices = 30;

    private const int Width = 960;
    private const int CentreX = Width / 2;
    private const int OuterX = 296;
    private const int InnerX = 176;
    private const int NeedWidth = 138;
    private const int NeedGap = 14;
    private const int LabelGap = 12;
    private const int LabelWidth = Width / 2 - OuterX - LabelGap - 4;
    private const int LetterSize = 15;
    private const int RowGap = 14;
    private const int TallestRow = 40;
    private const int BlockGap = 24;
    private const int Margin = 12;

    // How much of a ring's height holds words: in the caps above and below, the halves would meet.
    private const double Used = 0.9;

    public static CircleDrawing Of(Circle circle) => Of(Rings.Of(circle));

    public static CircleDrawing Of(Rings circle)
    {
        var blocks = Blocks(circle);
        var (right, left) = Halves(blocks);
        // Clockwise: the left half is read from below.
        left.Reverse();
        var high = Math.Max(HeightOf(right), HeightOf(left));
        var needsHigh = Math.Max(NeedsHeightOf(right), NeedsHeightOf(left));
        // At the height of the last need, the outer ring must still be wide enough for it.
        var outerY = Math.Max(Math.Max(OuterX, (int)Math.Ceiling(high / Used / 2)), (int)Math.Ceiling((needsHigh / 2 + TallestRow) / 0.8));
        var innerY = Math.Max(outerY * InnerX / OuterX, (int)Math.Ceiling(needsHigh / Used / 2));
        var centreY = outerY + Margin;

        var placed = new Placed(centreY, outerY, innerY);
        placed.Add(right, side: 1);
        placed.Add(left, side: -1);

        return new()
        {
            Width = Width,
            Height = 2 * centreY,
            CentreX = CentreX,
            CentreY = centreY,
            OuterX = OuterX,
            OuterY = outerY,
            InnerX = InnerX,
            InnerY = innerY,
            Situation = Middle(circle.DrawnCentre, centreY),
            Needs = placed.Needs,
            Services = placed.Services,
            Lines = [.. placed.Lines, .. placed.Again(blocks)],
            HasMore = circle.Parts.Count > blocks.Count || circle.Parts.SelectMany(p => p.Outer).DistinctBy(o => o.Href).Count() > placed.Services.Count,
        };
    }

    /// <summary>A need with the services that are drawn beside it, and those that stand with a need before it.</summary>
    private sealed record Block(string Label, string Words, string Href, string Title, Confidence Strength, bool IsGap, List<RingLeaf> Services, List<RingLeaf> Elsewhere)
    {
        public IReadOnlyList<string> Lines { get; } = TextLines.Of(Words, NeedWidth - 16, LetterSize);
        public int NeedHeight => Lines.Count * LineHeight + 16;
        public int ServicesHeight => Services.Sum(RowHeight) + Math.Max(0, Services.Count - 1) * RowGap;
    }

    private static List<Block> Blocks(Rings circle)
    {
        var parts = circle.Parts.Take(MostNeeds + (circle.Parts is [{ Id: "direct" }, ..] ? 1 : 0)).ToList();
        var blocks = parts.ConvertAll(p => new Block(p.Label, p.DrawnLabel, p.Href, p.Title, p.Strength, p.IsGap, [], []));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (block, part) in blocks.Zip(parts))
        {
            foreach (var leaf in part.Outer)
            {
                if (seen.Contains(leaf.Href)) block.Elsewhere.Add(leaf);
                else if (seen.Count < MostServices && seen.Add(leaf.Href)) block.Services.Add(leaf);
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

    private static int HeightOf(List<Block> blocks) => blocks.Sum(b => b.ServicesHeight) + Math.Max(0, blocks.Count - 1) * BlockGap;

    private static int NeedsHeightOf(List<Block> blocks) => blocks.Sum(b => b.NeedHeight + NeedGap);

    private static int RowHeight(RingLeaf service) => TextLines.Of(service.DrawnLabel, LabelWidth, LetterSize).Count * LineHeight;

    private static DrawnText Middle(string text, int y)
    {
        var lines = TextLines.Of(text, 2 * CentreRadius - 24, LetterSize + 2);
        var wide = lines.Max(l => TextLines.WidthOf(l, LetterSize + 2));
        return new(lines, CentreX, FirstLine(y, lines.Count), new(CentreX - wide / 2, y - lines.Count * LineHeight / 2, wide, lines.Count * LineHeight));
    }

    // Letters stand on their base line, about a third of their size below their middle.
    private static int FirstLine(int middle, int lines) => middle - (lines - 1) * LineHeight / 2 + LetterSize / 3;

    /// <summary>What has found its place.</summary>
    private sealed class Placed(int centreY, int outerY, int innerY)
    {
        private readonly Dictionary<Block, (int X, int Y)> _places = [];

        public List<DrawnNeed> Needs { get; } = [];
        public List<DrawnService> Services { get; } = [];
        public List<DrawnLine> Lines { get; } = [];

        /// <param name="blocks">A half, from the top down.</param>
        /// <param name="side">1 for the right half, -1 for the left.</param>
        public void Add(List<Block> blocks, int side)
        {
            var tops = Tops(blocks);
            foreach (var (block, middle) in blocks.Zip(NeedMiddles(blocks, tops))) AddNeed(block, middle, side);
            foreach (var (block, top) in blocks.Zip(tops))
            {
                var y = top;
                foreach (var service in block.Services)
                {
                    var height = RowHeight(service);
                    AddService(block, service, y + height / 2, side);
                    y += height + RowGap;
                }
            }
        }

        /// <summary>Lines from a need to services that stand with another.</summary>
        public IEnumerable<DrawnLine> Again(List<Block> blocks) =>
            from block in blocks
            from service in block.Elsewhere
            let dot = Services.Find(s => s.Href == service.Href)
            where dot is not null
            select new DrawnLine(Line(_places[block], (dot.X, dot.Y)), service.Strength, true);

        private List<int> Tops(List<Block> blocks)
        {
            // What is left over is shared out, before the first and after the last as well.
            var high = (int)(2 * outerY * Used);
            var spare = (high - HeightOf(blocks)) / (blocks.Count + 1);
            var y = centreY - high / 2 + spare;
            var tops = new List<int>();
            foreach (var block in blocks)
            {
                tops.Add(y);
                y += block.ServicesHeight + BlockGap + spare;
            }
            return tops;
        }

        private int[] NeedMiddles(List<Block> blocks, List<int> tops)
        {
            var reach = (int)Math.Ceiling(innerY * Used);
            var middles = blocks.Zip(tops, (b, top) => centreY + (top + b.ServicesHeight / 2 - centreY) * innerY / outerY).ToArray();
            int Apart(int i) => (blocks[i].NeedHeight + blocks[i + 1].NeedHeight) / 2 + NeedGap;
            for (var i = 0; i < middles.Length; i++)
                middles[i] = Math.Max(middles[i], i == 0 ? centreY - reach + blocks[0].NeedHeight / 2 : middles[i - 1] + Apart(i - 1));
            for (var i = middles.Length - 1; i >= 0; i--)
                middles[i] = Math.Min(middles[i], i == middles.Length - 1 ? centreY + reach - blocks[i].NeedHeight / 2 : middles[i + 1] - Apart(i));
            return middles;
        }

        private void AddNeed(Block block, int middle, int side)
        {
            // Clear of the other half, and of the circle in the centre where the box is beside it.
            var beside = Math.Max(0, Math.Abs(middle - centreY) - block.NeedHeight / 2);
            var clear = Math.Sqrt(Math.Max(0, Math.Pow(CentreRadius + NeedGap, 2) - beside * beside));
            var least = NeedWidth / 2 + Math.Max(NeedGap / 2 + 1, (int)Math.Ceiling(clear));
            // And short of the rows on the outer ring, the nearest of which is beside its far edge.
            var farEdge = middle + Math.Sign(middle - centreY) * (block.NeedHeight / 2 + TallestRow);
            var most = RingX(farEdge, OuterX, outerY) - NeedWidth / 2 - 20;
            var x = CentreX + side * Math.Max(least, Math.Min(most, RingX(middle, InnerX, innerY)));
            var box = new Box(x - NeedWidth / 2, middle - block.NeedHeight / 2, NeedWidth, block.NeedHeight);
            Needs.Add(new(block.Label, block.Href, block.Title, block.IsGap, new(block.Lines, x, FirstLine(middle, block.Lines.Count), box), box));
            // Lines run from middle to middle; the boxes are drawn over them.
            Lines.Add(new(Line((CentreX, centreY), (x, middle)), block.Strength, false));
            _places[block] = (x, middle);
        }

        private void AddService(Block block, RingLeaf service, int y, int side)
        {
            var x = CentreX + side * RingX(y, OuterX, outerY);
            var lines = TextLines.Of(service.DrawnLabel, LabelWidth, LetterSize);
            var wide = lines.Max(l => TextLines.WidthOf(l, LetterSize));
            var start = x + side * LabelGap;
            var box = new Box(side > 0 ? start : start - wide, y - lines.Count * LineHeight / 2, wide, lines.Count * LineHeight);
            Services.Add(new(service.Label, service.Href, service.Title, service.Provider, x, y, side < 0, new(lines, start, FirstLine(y, lines.Count), box)));
            Lines.Add(new(Line(_places[block], (x, y)), service.Strength, false));
        }

        /// <summary>How far from the middle a ring is at a height.</summary>
        private int RingX(int y, int ringX, int ringY)
        {
            var t = (double)(y - centreY) / ringY;
            return (int)Math.Round(ringX * Math.Sqrt(Math.Max(0, 1 - t * t)));
        }

        private static string Line((int X, int Y) from, (int X, int Y) to) => string.Create(CultureInfo.InvariantCulture, $"M{from.X} {from.Y}L{to.X} {to.Y}");
    }
}
