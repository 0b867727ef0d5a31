namespace Colophon.Security.Redaction;

/// <summary>Keys that are told by a mark in their middle: what stands before it is looked back for, a bounded way.</summary>
internal static class MarkedKey
{
    /// <summary>Telegram: digits, a colon, <c>AA</c> and 33 characters; in its URLs directly after <c>bot</c>.</summary>
    internal const string Telegram = ":AA";

    /// <summary>Azure's client secrets: three characters, <c>8Q~</c> (or <c>7Q~</c>), and 31 to 34 characters.</summary>
    internal const string Azure = "Q~";

    /// <summary>Terraform: 14 characters, <c>.atlasv1.</c>, and 60 and more.</summary>
    internal const string Terraform = ".atlasv1.";

    /// <summary>Azure DevOps: 76 characters, <c>AZDO</c>, and 4.</summary>
    internal const string AzureDevOps = "AZDO";

    private const string Bot = "bot";

    internal static SecretMatch? At(ReadOnlySpan<char> text, int at, ref RunCache runs)
    {
        var rest = text[at..];
        if (rest.StartsWith(Terraform))
            return Between(text, Back(text, at, 14, static c => char.IsAsciiLetterOrDigit(c)), at, 14, 14, runs.EndOf(KeyFormat.Value, at + Terraform.Length), Terraform.Length, 60, 80, "terraform-token");
        if (rest.StartsWith(Telegram))
            return Between(text, Back(text, at, 12, static c => char.IsAsciiDigit(c)), at, 8, 12, runs.EndOf(KeyFormat.Word, at + 1), 1, 35, 35, "telegram-token");
        if (rest.StartsWith(AzureDevOps))
            return Between(text, Back(text, at, 76, static c => char.IsAsciiLetterOrDigit(c)), at, 76, 76, runs.EndOf(KeyFormat.Letters, at), AzureDevOps.Length, 4, 4, "azure-token");
        return at > 0 && char.IsAsciiDigit(text[at - 1])
            ? Between(text, Back(text, at, 4, static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '~' or '.' or '-'), at, 4, 4, AzureEnd(text, at + Azure.Length), Azure.Length, 31, 34, "azure-secret")
            : null;
    }

    private static SecretMatch? Between(ReadOnlySpan<char> text, int start, int mark, int leastBefore, int mostBefore, int end, int markLength, int least, int most, string kind)
    {
        var (before, after) = (mark - start, end - mark - markLength);
        return before >= leastBefore && before <= mostBefore && after >= least && after <= most && (SecretScanner.StartsHere(text, start) || text[mark] == ':' && text[..start].EndsWith(Bot) && SecretScanner.StartsHere(text, start - Bot.Length)) && SecretScanner.EndsHere(text, end)
            && Likelihood.IsMixed(text[start..end]) && !Likelihood.IsPlaceholder(text[start..end])
            ? new SecretMatch(start, end - start, kind)
            : null;
    }

    private static int Back(ReadOnlySpan<char> text, int at, int most, Func<char, bool> belongs)
    {
        var start = at;
        while (start > 0 && at - start < most && belongs(text[start - 1]))
            start--;
        return start;
    }

    private static int AzureEnd(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < 40 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '~' or '.' or '-'))
            end++;
        return end;
    }
}
