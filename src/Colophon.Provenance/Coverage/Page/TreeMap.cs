using System.Globalization;

namespace Colophon.Provenance.Coverage.Page;

/// <summary>
/// The heat map as a picture: every file a rectangle as large as its lines, as dark as its covered share, in its folders' frames (a squarified treemap, after Bruls, Huizing and van Wijk). A part of the picture that
/// would be too small to see is drawn as one.
/// </summary>
internal sealed class TreeMap(TextWriter writer)
{
    public const int Width = 1200;
    public const int Height = 640;

    private const double Frame = 2;
    private const double Title = 15;
    private const double Visible = 2;

    private readonly record struct Box(double X, double Y, double W, double H);

    /// <summary>Writes the picture.</summary>
    public void Write(HeatNode root)
    {
        writer.Write(FormattableString.Invariant($"<svg class=\"map\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Every file as large as its lines and as dark as its covered share. The list below says the same.\">\n"));
        Children(root, new Box(0, 0, Width, Height));
        writer.Write("</svg>\n");
    }

    private void Node(HeatNode node, Box box)
    {
        if (node.File is not null || box.W < 4 * Visible || box.H < 4 * Visible)
        {
            Leaf(node, box);
            return;
        }

        writer.Write(FormattableString.Invariant($"<g><rect class=\"folder\" x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.W:0.#}\" height=\"{box.H:0.#}\"><title>{About(node)}</title></rect>"));
        var titled = box.H > 3 * Title && box.W > 50;
        if (titled)
            Text(node.Name + "/", "head", box.X + 4, box.Y + 11, box.W - 8);
        var top = titled ? Title : Frame;
        Children(node, new Box(box.X + Frame, box.Y + top, Math.Max(0, box.W - (2 * Frame)), Math.Max(0, box.H - top - Frame)));
        writer.Write("</g>\n");
    }

    private void Leaf(HeatNode node, Box box)
    {
        var share = node.Totals.BasisPoints / 100;
        var rect = FormattableString.Invariant($"<rect class=\"leaf\" style=\"--s:{share}%\" x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{Math.Max(0.5, box.W - 1):0.#}\" height=\"{Math.Max(0.5, box.H - 1):0.#}\"><title>{About(node)}</title></rect>");
        // The list is for the keyboard: thousands of stops here would only be in the way.
        writer.Write(node.File is { } file ? $"<a href=\"{SitePages.NameOf(file.Path)}\" tabindex=\"-1\">{rect}" : rect);
        if (box.H > 14 && box.W > 34)
            Text(node.Name, share > 55 ? "on" : "off", box.X + 4, box.Y + 12, box.W - 8);
        if (box.H > 28 && box.W > 40)
            writer.Write(FormattableString.Invariant($"<text class=\"{(share > 55 ? "on" : "off")} small\" x=\"{box.X + 4:0.#}\" y=\"{box.Y + 25:0.#}\">{share}%</text>"));
        writer.Write(node.File is not null ? "</a>\n" : "\n");
    }

    private void Text(string text, string kind, double x, double y, double room)
    {
        var most = (int)(room / 6.1);
        if (most < 3)
            return;
        var shown = text.Length <= most ? text : text[..(most - 1)] + "…";
        writer.Write(FormattableString.Invariant($"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{CoveragePage.Escape(shown)}</text>"));
    }

    private static string About(HeatNode node) =>
        CoveragePage.Escape(string.Create(CultureInfo.InvariantCulture, $"{node.Path}: {node.Totals.BasisPoints / 10 / 10m:0.0}% of {node.Totals.Lines:N0} lines covered"));

    /// <summary>Rows of rectangles as square as can be, along the shorter side of what is left.</summary>
    private void Children(HeatNode node, Box box)
    {
        HeatNode[] nodes = [.. node.Children.Where(static c => c.Totals.Lines > 0)];
        var left = (double)nodes.Sum(static c => c.Totals.Lines);
        for (var first = 0; first < nodes.Length && box is { W: > 0, H: > 0 };)
        {
            if (box.W < Visible || box.H < Visible)
                break;
            var scale = box.W * box.H / left;
            var side = Math.Min(box.W, box.H);
            var (last, sum, worst) = (first, 0.0, double.MaxValue);
            for (; last < nodes.Length; last++)
            {
                var next = sum + (nodes[last].Totals.Lines * scale);
                var ratio = Worst(nodes[first].Totals.Lines * scale, nodes[last].Totals.Lines * scale, next, side);
                if (ratio > worst)
                    break;
                (sum, worst) = (next, ratio);
            }

            var thick = sum / side;
            var at = 0.0;
            for (var i = first; i < last; i++)
            {
                var length = nodes[i].Totals.Lines * scale / thick;
                Node(nodes[i], box.W >= box.H ? new Box(box.X, box.Y + at, thick, length) : new Box(box.X + at, box.Y, length, thick));
                at += length;
                left -= nodes[i].Totals.Lines;
            }

            box = box.W >= box.H ? box with { X = box.X + thick, W = box.W - thick } : box with { Y = box.Y + thick, H = box.H - thick };
            first = last;
        }
    }

    private static double Worst(double largest, double smallest, double sum, double side) =>
        Math.Max(side * side * largest / (sum * sum), sum * sum / (side * side * smallest));
}
