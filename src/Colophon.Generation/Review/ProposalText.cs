using System.Text;
using System.Text.Unicode;
using Colophon.Generation.Scratch;
using Colophon.Text.Diff;

namespace Colophon.Generation.Review;

/// <summary>Turns a file's change into what a reviewer sees.</summary>
internal static class ProposalText
{
    internal static ProposedFile Of(FileEdit edit)
    {
        var hunks = HasHunks(edit) ? PatchHunks.Of(TextOf(edit, edit.Before), TextOf(edit, edit.After)) : [];
        return new ProposedFile { Edit = edit, Hunks = hunks, Diff = Diff(edit) };
    }

    /// <summary>Whether the change can be taken hunk by hunk.</summary>
    internal static bool HasHunks(FileEdit edit) => !edit.IsBinary && edit is not { Before.IsLink: true } and not { After.IsLink: true };

    /// <summary>The content that results when only some hunks are taken.</summary>
    internal static byte[] Select(FileEdit edit, IEnumerable<int> hunks) =>
        EncodingOf(edit).GetBytes(PatchHunks.Apply(TextOf(edit, edit.Before), TextOf(edit, edit.After), hunks));

    // Bytes that are not UTF-8 are carried one to one as Latin-1: the hunks still are right, only the glyphs are not.
    private static Encoding EncodingOf(FileEdit edit) => IsUtf8(edit.Before) && IsUtf8(edit.After) ? Encoding.UTF8 : Encoding.Latin1;

    private static bool IsUtf8(FileState? state) => state is null || Utf8.IsValid(state.Content);

    private static string TextOf(FileEdit edit, FileState? state) => state is null ? "" : EncodingOf(edit).GetString(state.Content);

    private static string Diff(FileEdit edit)
    {
        var before = edit.Before is null ? null : TextOf(edit, edit.Before);
        var after = edit.After is null ? null : TextOf(edit, edit.After);
        var diff = UnifiedDiff.Format(edit.Path.Value, before, after, renamedFrom: edit.RenamedFrom?.Value);
        if (edit is { Before: { } old, After: { } now })
        {
            if (old.GitMode == now.GitMode)
                return diff;
            var modes = $"old mode {old.GitMode}\nnew mode {now.GitMode}\n";
            return diff.Length == 0 ? $"diff --git a/{edit.Path} b/{edit.Path}\n{modes}" : diff.Insert(diff.IndexOf('\n') + 1, modes);
        }

        var mode = (edit.Before ?? edit.After)?.GitMode;
        return mode == "100644" ? diff : diff.Replace("mode 100644\n", $"mode {mode}\n", StringComparison.Ordinal);
    }
}
