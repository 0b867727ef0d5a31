using System.Diagnostics.CodeAnalysis;
using System.Text;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Paths;

/// <summary>
/// A relative path inside a workspace, with <c>/</c> between its parts, that cannot leave it by its text: no <c>..</c>, not absolute, no
/// drive, no control character, nothing below <c>.git</c>. Whether symbolic links lead out is checked by <see cref="Workspace"/>.
/// </summary>
public readonly record struct WorkspacePath : IComparable<WorkspacePath>
{
    private const int MaximumBytes = 4096;

    private readonly string? _value;

    private WorkspacePath(string value) => _value = value;

    /// <summary>The path with <c>/</c> between its parts; <c>.</c> for the workspace itself.</summary>
    public string Value => _value ?? ".";

    /// <summary>The last part.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>Checks and normalises a path; <c>./a//b</c> becomes <c>a/b</c> and back-slashes are refused.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.PathEscapes"/> or <see cref="KernelError.PathInvalid"/>, naming the path.</exception>
    public static WorkspacePath Parse(string text) =>
        TryParse(text, out var path, out var error, out var why)
            ? path
            : throw new KernelException(error, $"The path '{Printable(text)}' {why}.", "Name a file inside the workspace by its relative path.");

    /// <summary>Checks and normalises a path without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out WorkspacePath path) => TryParse(text, out path, out _, out _);

    /// <inheritdoc/>
    public int CompareTo(WorkspacePath other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>The path one part deeper.</summary>
    /// <exception cref="KernelException">The part is not a valid path.</exception>
    public WorkspacePath Combine(string part) => Parse(_value is null ? part : $"{_value}/{part}");

    private static bool TryParse(string? text, out WorkspacePath path, out KernelError error, out string why)
    {
        path = default;
        (error, why) = (KernelError.PathInvalid, "is empty");
        if (string.IsNullOrEmpty(text))
            return false;
        if (Encoding.UTF8.GetByteCount(text) > MaximumBytes)
            return Refuse($"is longer than {MaximumBytes} bytes", out why);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
                return Refuse("holds a control or undecodable character", out why);
        }

        error = KernelError.PathEscapes;
        if (text.Contains('\\'))
            return Refuse("holds a back-slash", out why);
        if (text[0] == '/' || text is [_, ':', ..])
            return Refuse("is absolute", out why);

        var parts = new List<string>();
        foreach (var part in text.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
                return Refuse("leaves the workspace", out why);
            if (GitName.Is(part))
                return Refuse("lies inside git's own directory", out why);
            parts.Add(part);
        }

        path = parts.Count == 0 ? default : new WorkspacePath(string.Join('/', parts));
        return true;
    }

    private static bool Refuse(string reason, out string why)
    {
        why = reason;
        return false;
    }

    private static string Printable(string? text) =>
        string.Concat((text ?? "").Select(static c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
