using System.Text;
using Colophon.Generation.Scratch;
using Colophon.Security.Redaction;

namespace Colophon.Generation.Review;

/// <summary>Looks for secrets in what a change adds. What stood there before is the user's own affair.</summary>
internal static class Secrets
{
    internal static IReadOnlyList<SecretFlag> In(IEnumerable<FileEdit> edits, ScanOptions options)
    {
        var flags = new List<SecretFlag>();
        foreach (var edit in edits)
        {
            if (edit.After is not { IsBinary: false } after || options.Allows(edit.Path.Value))
                continue;
            var text = Encoding.UTF8.GetString(after.Content);
            var matches = SecretScanner.Scan(text, options);
            if (matches.Count == 0)
                continue;
            var added = AddedLines(edit);
            foreach (var match in matches)
            {
                var line = text.AsSpan(0, match.Start).Count('\n');
                var last = line + text.AsSpan(match.Start, match.Length).Count('\n');
                if (Enumerable.Range(line, last - line + 1).Any(added))
                    flags.Add(new SecretFlag(edit.Path.Value, line + 1, match.Kind) { Hash = SecretScanner.HashOf(text.AsSpan(match.Start, match.Length)) });
            }
        }

        return flags;
    }

    /// <summary>The first path that itself looks like a secret, or null. A path stands in the signed entry, which nothing takes it out of again.</summary>
    internal static FileEdit? Named(IEnumerable<FileEdit> edits) => edits.FirstOrDefault(static e => SecretScanner.Scan(e.Path.Value).Count > 0);

    private static Func<int, bool> AddedLines(FileEdit edit)
    {
        if (edit.Before is null || !ProposalText.HasHunks(edit))
            return static _ => true;
        var changes = ProposalText.Of(edit).Hunks.SelectMany(static h => h.Changes).ToList();
        return line => changes.Any(c => line >= c.NewStart && line < c.NewEnd);
    }
}
