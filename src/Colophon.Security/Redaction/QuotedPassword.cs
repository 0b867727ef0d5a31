using System.Buffers;

namespace Colophon.Security.Redaction;

/// <summary>A password with marks in it: whole between quotes, or up to the semicolon in a connection string.</summary>
internal static class QuotedPassword
{
    private const int Least = 10;
    private const int Most = 128;

    /// <summary>From this length on, brackets are rather a generator's than a program's.</summary>
    private const int Long = 40;

    private static readonly SearchValues<char> s_marks = SearchValues.Create("!#$%&*^~");
    private static readonly SearchValues<char> s_outside = SearchValues.Create(" \t\r\n\\");
    private static readonly SearchValues<char> s_brackets = SearchValues.Create("()[]{}<>");

    /// <summary>The password, where one stands there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="word">Where the name's word begins, such as <c>password</c>.</param>
    /// <param name="start">Where the value begins, after its quote.</param>
    internal static SecretMatch? At(ReadOnlySpan<char> text, int word, int start)
    {
        var rest = text.Slice(start, Math.Min(Most + 1, text.Length - start));
        var before = text[start - 1];
        var quoted = before is '"' or '\'' or '`';
        var length = quoted ? rest.IndexOf(before) : IsConnection(text, word) ? EndOfPart(rest) : -1;
        if (length is < Least or > Most)
            return null;
        var value = rest[..length];
        return Likelihood.IsMixed(value) && (!quoted || value.ContainsAny(s_marks)) && !IsCode(value) && Likelihood.IsDisorderly(value) && !Likelihood.IsPlaceholder(value) && !Likelihood.IsPath(value, 4)
            ? new SecretMatch(start, length, "secret-value")
            : null;
    }

    /// <summary>Whether a part of a connection string stands before: <c>;Pwd=</c>.</summary>
    private static bool IsConnection(ReadOnlySpan<char> text, int word) => text[..word].TrimEnd(' ').EndsWith(";");

    private static int EndOfPart(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny(';', '"', '\n');
        return end < 0 && rest.Length <= Most ? rest.Length : end;
    }

    /// <summary>A call, a variable, a pattern or a template takes the place of a value.</summary>
    private static bool IsCode(ReadOnlySpan<char> value) =>
        value[0] is '$' or '<' or '%' or '/' or '^' or '@' or '{' or '.' || value.ContainsAny(s_outside) || value.IndexOf("${") >= 0 || value.IndexOf("{{") >= 0 || value.IndexOf("://") >= 0 || value.IndexOf("(?") >= 0
        || (value.Length < Long && value.ContainsAny(s_brackets));
}
