using System.Text;

namespace Colophon.Kernel.Words;

/// <summary>
/// Unicode's normalization form C (UAX #15), which the framework does not offer without ICU: one keyboard writes é as one character, another as e and an accent,
/// and whoever compares names means the same by both.
/// </summary>
public static class ComposedText
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Lazy<ComposedTable> Table = new(ComposedTable.Load);

    /// <summary>The text in form C. Lone surrogates become U+FFFD where anything has to be composed.</summary>
    public static string Of(string text)
    {
        // Below U+0300 every character is composed already and combines with nothing before it.
        return text.AsSpan().ContainsAnyInRange('\u0300', '\uFFFF') ? Compose(Decompose(text)) : text;
    }

    private static List<int> Decompose(string text)
    {
        var table = Table.Value;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var syllable = rune.Value - HangulBase;
            if (syllable is >= 0 and < Leads * Vowels * Tails)
            {
                points.Add(LeadBase + (syllable / (Vowels * Tails)));
                points.Add(VowelBase + (syllable % (Vowels * Tails) / Tails));
                if (syllable % Tails > 0)
                    points.Add(TailBase + (syllable % Tails));
            }
            else
            {
                table.Decompose(rune.Value, points);
            }
        }

        Order(points, table);
        return points;
    }

    // Marks that belong to one letter, sorted by class; stable, so equal classes keep their order.
    private static void Order(List<int> points, ComposedTable table)
    {
        for (var start = 0; start < points.Count; start++)
        {
            if (table.ClassOf(points[start]) == 0)
                continue;
            var end = start + 1;
            while (end < points.Count && table.ClassOf(points[end]) != 0)
                end++;
            if (end - start > 1)
            {
                var sorted = points.GetRange(start, end - start).OrderBy(table.ClassOf).ToArray();
                for (var i = 0; i < sorted.Length; i++)
                    points[start + i] = sorted[i];
            }

            start = end;
        }
    }

    private static string Compose(List<int> points)
    {
        var table = Table.Value;
        var composed = new List<int>(points.Count);
        var (starter, lastClass) = (-1, 0);
        foreach (var point in points)
        {
            var rank = table.ClassOf(point);
            // What stands between the letter and this mark may not be of the same class or higher.
            var reachable = starter >= 0 && (composed.Count - 1 == starter || (rank != 0 && lastClass < rank && lastClass != 0));
            if (reachable && Pair(table, composed[starter], point) is { } whole)
            {
                composed[starter] = whole;
                continue;
            }

            if (rank == 0)
                starter = composed.Count;
            lastClass = rank;
            composed.Add(point);
        }

        var text = new StringBuilder(composed.Count);
        foreach (var point in composed)
            text.Append(char.ConvertFromUtf32(point));
        return text.ToString();
    }

    private static int? Pair(ComposedTable table, int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + Leads && second is >= VowelBase and < VowelBase + Vowels)
            return HangulBase + ((((first - LeadBase) * Vowels) + second - VowelBase) * Tails);
        if (first is >= HangulBase and < HangulBase + (Leads * Vowels * Tails) && (first - HangulBase) % Tails == 0 && second is > TailBase and < TailBase + Tails)
            return first + second - TailBase;
        return table.Pair(first, second);
    }
}
