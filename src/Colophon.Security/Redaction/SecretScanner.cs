using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Colophon.Security.Redaction;

/// <summary>
/// Finds secrets in text: the key formats of well-known providers, private keys in PEM, JSON web tokens, passwords in URLs, bearer tokens, and random values
/// that are assigned to something named like a secret. It looks at every character a bounded number of times, whatever the text.
/// </summary>
/// <remarks>It finds what looks like a secret. A short password, or one made of words, looks like none: this is a net, not a wall.</remarks>
public static class SecretScanner
{
    /// <summary>As many needles as the vectorised search takes at once (above it, one that goes character by character is used).</summary>
    private const int AtOnce = 60;

    private static readonly SearchValues<string>[] s_anchors =
    [
        .. ((IEnumerable<string>)[.. KeyFormats.All.Select(static format => format.Prefix), PrivateKeyBlock.Header, PrivateKeyBlock.Putty, PrivateKeyBlock.Ssh2, WebToken.Prefix, UrlPassword.Anchor, MarkedKey.Telegram, MarkedKey.Azure, MarkedKey.Terraform, MarkedKey.AzureDevOps, Netrc.Anchor])
            .Order(StringComparer.Ordinal).Chunk(AtOnce).Select(static chunk => SearchValues.Create(chunk, StringComparison.Ordinal)),
    ];

    private static readonly KeyFormat[]?[] s_byFirst = ByFirst();

    private static readonly SearchValues<string> s_words = SearchValues.Create(NamedValue.Words, StringComparison.OrdinalIgnoreCase);

    /// <summary>Every secret in the text, in order, without overlaps; allocates nothing where there is none.</summary>
    public static IReadOnlyList<SecretMatch> Scan(ReadOnlySpan<char> text) => Scan(text, ScanOptions.Default);

    /// <summary>Every secret in the text, in order, without overlaps; allocates nothing where there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="options">What is known beyond the formats.</param>
    public static IReadOnlyList<SecretMatch> Scan(ReadOnlySpan<char> text, ScanOptions options)
    {
        List<SecretMatch>? found = null;
        foreach (var known in options.Known)
        {
            for (var at = 0; known.Length >= 8 && text[at..].IndexOf(known, StringComparison.Ordinal) is >= 0 and var next; at += next + known.Length)
                (found ??= []).Add(new SecretMatch(at + next, known.Length, "known-secret"));
        }

        var runs = new RunCache(text);
        foreach (var anchors in s_anchors)
            Collect(text, anchors, options, ref runs, ref found, static (text, at, ref runs) => AtPrefix(text, at, ref runs));
        Collect(text, s_words, options, ref runs, ref found, static (text, at, ref runs) => NamedValue.At(text, at, ref runs));
        return found is null ? [] : WithoutOverlaps(found);
    }

    /// <summary>How an allow-list names a text: SHA-256 of its UTF-8 in lower-case hex.</summary>
    public static string HashOf(ReadOnlySpan<char> text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToArray())));

    /// <summary>Whether a secret may start here: not in the middle of a word, unless an escaped line break (<c>\n</c>) was that word's end.</summary>
    internal static bool StartsHere(ReadOnlySpan<char> text, int at) =>
        at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]) || (at > 1 && text[at - 2] == '\\' && text[at - 1] is 'n' or 'r' or 't');

    /// <summary>Whether a secret may end here. It keeps redaction stable: what follows never becomes the start of a word by the redaction.</summary>
    internal static bool EndsHere(ReadOnlySpan<char> text, int end) => end >= text.Length || !char.IsAsciiLetterOrDigit(text[end]);

    private delegate SecretMatch? Recognise(ReadOnlySpan<char> text, int at, ref RunCache runs);

    private static void Collect(
        ReadOnlySpan<char> text,
        SearchValues<string> anchors,
        ScanOptions options,
        ref RunCache runs,
        ref List<SecretMatch>? found,
        Recognise recognise)
    {
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(anchors);
            if (next < 0)
                return;
            at += next;
            if (recognise(text, at, ref runs) is not { } match)
            {
                at++;
                continue;
            }

            at = Math.Max(at + 1, match.Start + match.Length);
            if (!IsAllowed(text.Slice(match.Start, match.Length), options))
                (found ??= []).Add(match);
        }
    }

    private static SecretMatch? AtPrefix(ReadOnlySpan<char> text, int at, ref RunCache runs)
    {
        var rest = text[at..];
        if (rest.StartsWith(PrivateKeyBlock.Header))
            return PrivateKeyBlock.At(text, at, ref runs);
        if (rest.StartsWith(UrlPassword.Anchor))
            return UrlPassword.At(text, at);
        if (rest.StartsWith(MarkedKey.Telegram) || rest.StartsWith(MarkedKey.Azure) || rest.StartsWith(MarkedKey.AzureDevOps) || rest.StartsWith(MarkedKey.Terraform))
            return MarkedKey.At(text, at, ref runs);
        if (!StartsHere(text, at))
            return null;
        if (rest.StartsWith(WebToken.Prefix))
            return WebToken.At(text, at, ref runs);
        if (rest.StartsWith(Netrc.Anchor))
            return Netrc.At(text, at);
        if (rest.StartsWith(PrivateKeyBlock.Putty) || rest.StartsWith(PrivateKeyBlock.Ssh2))
            return PrivateKeyBlock.AtPutty(text, at);
        foreach (var format in text[at] < s_byFirst.Length ? s_byFirst[text[at]] ?? [] : [])
        {
            if (!rest.StartsWith(format.Prefix))
                continue;
            var body = at + format.Prefix.Length;
            var end = runs.EndOf(format.Alphabet, body);
            var value = text[body..end];
            // One prefix may start another (sk-, sk-ant-), so the search goes on.
            if (EndsHere(text, end) && format.Fits(value))
                return new SecretMatch(at, end - at, format.Kind);
        }

        return null;
    }

    private static bool IsAllowed(ReadOnlySpan<char> secret, ScanOptions options) =>
        (options.Allowed.Count > 0 && options.Allowed.Contains(secret.ToString())) || (options.AllowedHashes.Count > 0 && options.AllowedHashes.Contains(HashOf(secret)));

    private static KeyFormat[]?[] ByFirst()
    {
        var table = new KeyFormat[]?[128];
        foreach (var group in KeyFormats.All.GroupBy(static format => format.Prefix[0]))
            table[group.Key] = [.. group];
        return table;
    }

    private static List<SecretMatch> WithoutOverlaps(List<SecretMatch> found)
    {
        found.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.Length.CompareTo(a.Length));
        var kept = new List<SecretMatch>(found.Count);
        foreach (var match in found)
        {
            if (kept.Count == 0 || match.Start >= kept[^1].Start + kept[^1].Length)
            {
                kept.Add(match);
                continue;
            }

            // What reaches beyond an earlier match is part of the same stretch: nothing of either may survive.
            var end = Math.Max(kept[^1].Start + kept[^1].Length, match.Start + match.Length);
            kept[^1] = kept[^1] with { Length = end - kept[^1].Start };
        }

        return kept;
    }
}
