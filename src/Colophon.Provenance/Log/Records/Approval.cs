using System.Security.Cryptography;
using System.Text;

namespace Colophon.Provenance.Log;

/// <summary>What a person says about a change's text.</summary>
public enum ApprovalVerdict
{
    /// <summary>It may be built, or archived, as it reads.</summary>
    Approved,

    /// <summary>It has to be changed first.</summary>
    ChangesRequested,
}

/// <summary>One file of the text that a verdict is about.</summary>
/// <param name="Path">Relative to the change's folder, <c>/</c> between the parts.</param>
/// <param name="Sha256">SHA-256 (hex) of its text in the normal form that <c>docs/audit-log.md</c> fixes.</param>
/// <param name="Tasks">Whether it is a list of tasks, so that its boxes were emptied before it was hashed.</param>
public sealed record ApprovedFile(string Path, string Sha256, bool Tasks = false);

/// <summary>A verdict about the text of a change, as an <see cref="EntryKind.Approval"/> entry holds it. It says which text: whatever reads otherwise was not meant.</summary>
public sealed record Approval
{
    private static readonly byte[] s_prefix = "colophon-change-v1\0"u8.ToArray();

    /// <summary>What is said.</summary>
    public required ApprovalVerdict Verdict { get; init; }

    /// <summary>A note with an approval; the reason of a request for changes.</summary>
    public string? Reason { get; init; }

    /// <summary>The digest over <see cref="Files"/>: see <see cref="DigestOf"/>.</summary>
    public required string Text { get; init; }

    /// <summary>The files, in ascending order of their paths (by UTF-16 code unit), each once.</summary>
    public required IReadOnlyList<ApprovedFile> Files { get; init; }

    /// <summary>
    /// The digest over files: <c>SHA-256("colophon-change-v1" ‖ 00 ‖ path ‖ 00 ‖ sha256 ‖ 00 ‖ …)</c> in hex, paths as UTF-8 and digests as lower-case hex, in the order given.
    /// </summary>
    public static string DigestOf(IEnumerable<ApprovedFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(s_prefix);
        foreach (var file in files)
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Path}\0{file.Sha256}\0"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Why this is no verdict about anything, or null.</summary>
    internal string? Fault()
    {
        for (var i = 0; i < Files.Count; i++)
        {
            if (Files[i].Path is not { Length: > 0 } path || path.Contains('\0', StringComparison.Ordinal) || path.Split('/').Any(static p => p is "" or "." or ".."))
                return "An approved file is not named by a path inside the change's folder.";
            if (i > 0 && string.CompareOrdinal(Files[i - 1].Path, path) >= 0)
                return "The approved files are not in order.";
        }

        return Files.Count == 0 ? "It is about no text." : Text == DigestOf(Files) ? null : "Its digest is not that of its files.";
    }
}
