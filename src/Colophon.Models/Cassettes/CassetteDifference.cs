namespace Colophon.Models.Cassettes;

/// <summary>Compares a request with a recorded one.</summary>
internal static class CassetteDifference
{
    /// <summary>The first difference, as the end of a sentence; null where the request is the recorded one.</summary>
    public static string? Find(CassetteExchange exchange, RequestPrint print, CassetteMatch match)
    {
        if (exchange.Model is { } model && model != print.Model)
            return $"in the model: it asks for '{print.Model}' and the cassette has '{model}'";
        return match is CassetteMatch.Strict && exchange.Digest is not null ? InParts(exchange, print) : InSequence(exchange, print);
    }

    /// <summary>How many parts from the first on are the same.</summary>
    public static int CommonParts(CassetteExchange exchange, RequestPrint print) =>
        exchange.Parts.Zip(print.Parts).TakeWhile(pair => pair.First == pair.Second).Count();

    private static string? InParts(CassetteExchange exchange, RequestPrint print)
    {
        if (exchange.Digest == print.Digest)
            return null;
        var same = CommonParts(exchange, print);
        if (same == exchange.Parts.Count)
            return $"at {Name(print.Parts[same])}, which the cassette's request does not have: {print.Preview(same)}";
        if (same == print.Parts.Count)
            return $"at {Name(exchange.Parts[same])}, which the request does not have";
        var (theirs, ours) = (exchange.Parts[same], print.Parts[same]);
        return theirs.Name == ours.Name
            ? $"at {Name(ours)}; it now is {print.Preview(same)}"
            : $"at {Name(ours)}, where the cassette has {Name(theirs)}";
    }

    private static string? InSequence(CassetteExchange exchange, RequestPrint print)
    {
        if (exchange.Role is { } role && role != print.Role)
            return $"in its last message: it is of role '{print.Role}' and the cassette expects '{role}'";
        if (exchange.Turn is { } turn && turn != print.Turn)
            return $"in its length: {print.Turn} replies of the model come before it and the cassette expects {turn}";
        return exchange.Contains is { } text && print.LastIndexOf(text) < 0 ? $"in its text: the cassette expects it to contain '{text}'" : null;
    }

    /// <summary><c>messages[4] user</c> is shown as <c>messages[4] (user)</c>.</summary>
    private static string Name(RequestPart part)
    {
        var space = part.Name.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 || space == part.Name.Length - 1 ? part.Name.TrimEnd() : $"{part.Name[..space]} ({part.Name[(space + 1)..]})";
    }
}
