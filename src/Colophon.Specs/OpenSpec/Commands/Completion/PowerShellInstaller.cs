using System.Text;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands.Completion;

/// <summary>PowerShell: a script beside the profile, which a line of the profile runs. The profile keeps its encoding.</summary>
internal sealed class PowerShellInstaller(Session session) : CompletionInstaller(session)
{
    internal override string Shell => "powershell";

    internal override string Path => $"{System.IO.Path.GetDirectoryName(Profile)}/OpenSpecCompletion.ps1";

    internal override string StartFile => "$PROFILE";

    internal override string Reload => ". $PROFILE";

    protected override string UpToDateHint => "If completions are not working, try restarting PowerShell or run: . $PROFILE";

    protected override bool NeedsWritableFolder => true;

    private string Profile => Session.Variable("PROFILE") is { Length: > 0 } set ? set : Home(".config/powershell/Microsoft.PowerShell_profile.ps1");

    protected override string Installed(bool configured) =>
        configured ? "Completion script installed and PowerShell profile configured successfully" : "Completion script installed successfully for PowerShell";

    protected override bool Configure()
    {
        try
        {
            var (text, encoding) = ReadProfile();
            var line = $". \"{Path}\"";
            if (text.Contains(line, StringComparison.Ordinal))
                return false;
            if (!UserFile.IsWritable(Profile))
                throw new IOException($"Path is not writable: {Profile}");
            Write($"{text}\n# OPENSPEC:START - OpenSpec completion (managed block, do not edit manually)\n{line}\n{MarkedBlock.End}\n", encoding);
            return true;
        }
        catch (InvalidDataException e)
        {
            Session.ErrorLine($"Warning: Skipping {Profile}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Session.ErrorLine($"Warning: Could not configure {Profile}: Error: {NodeError.Describe(e)}");
        }

        return false;
    }

    protected override void Unconfigure()
    {
        try
        {
            var (text, encoding) = ReadProfile();
            var start = text.IndexOf(MarkedBlock.Start, StringComparison.Ordinal);
            if (start < 0)
                return;
            var end = text.IndexOf(MarkedBlock.End, start, StringComparison.Ordinal);
            if (end < 0)
            {
                Session.ErrorLine($"Warning: Found start marker but no end marker in {Profile}");
                return;
            }

            var rest = string.Concat(Js.TrimEnd(text.AsSpan(0, start)), "\n", Js.TrimStart(text.AsSpan(end + MarkedBlock.End.Length)));
            Write(Js.Trim(rest).ToString() + "\n", encoding);
        }
        catch (InvalidDataException e)
        {
            Session.ErrorLine($"Warning: Could not read {Profile}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Session.ErrorLine($"Warning: Could not clean {Profile}: Error: {NodeError.Describe(e)}");
        }
    }

    protected override IReadOnlyList<string> Instructions(bool configured) => configured ? [] :
    [
        "Completion script installed successfully.",
        "",
        $"To enable completions, add the following to your PowerShell profile ({Profile}):",
        "",
        "  # Source OpenSpec completions",
        $"  if (Test-Path \"{Path}\") {{",
        $"      . \"{Path}\"",
        "  }",
        "",
        "Then restart PowerShell or run: . $PROFILE",
    ];

    private (string Text, Encoding Encoding) ReadProfile()
    {
        var bytes = File.Exists(Profile) ? File.ReadAllBytes(Profile) : [];
        if (bytes.AsSpan().StartsWith<byte>([0xFE, 0xFF]))
            throw new InvalidDataException("File is encoded as UTF-16 BE which is not supported. Please re-save as UTF-8 or UTF-16 LE, then retry.");
        Encoding encoding = bytes.AsSpan().StartsWith<byte>([0xFF, 0xFE]) ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true)
            : new UTF8Encoding(encoderShouldEmitUTF8Identifier: bytes.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]));
        return (encoding.GetString(bytes.AsSpan(encoding.GetPreamble().Length)), encoding);
    }

    private void Write(string text, Encoding encoding) => UserFile.Write(Profile, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
}
