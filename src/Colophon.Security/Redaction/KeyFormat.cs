using System.Buffers;

namespace Colophon.Security.Redaction;

/// <summary>A provider's format of keys: a prefix nobody else uses, then a run of characters of a set.</summary>
/// <param name="Prefix">How it starts.</param>
/// <param name="Kind">What it is called in a redacted text.</param>
/// <param name="Alphabet">An index into <see cref="Alphabets"/>.</param>
/// <param name="Least">How many characters must follow the prefix.</param>
/// <param name="Mixed">Whether they must hold lower case, upper case and a digit, because the prefix alone says too little.</param>
/// <param name="Digits">Whether they must hold a digit.</param>
/// <param name="Most">How many may follow at most, where the length tells it from other things.</param>
internal readonly record struct KeyFormat(string Prefix, string Kind, int Alphabet, int Least, bool Mixed = false, bool Digits = false, int Most = int.MaxValue)
{
    internal const int Word = 0;
    internal const int Upper = 1;
    internal const int Dotted = 2;
    internal const int Hex = 3;
    internal const int Value = 4;
    internal const int Letters = 5;
    internal const int UpperWord = 6;
    internal const int Escaped = 7;

    /// <summary>The sets of characters that keys are made of.</summary>
    internal static readonly SearchValues<char>[] Alphabets =
    [
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."),
        SearchValues.Create("0123456789abcdefABCDEF"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=~"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"),
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=%"),
    ];

    /// <summary>Whether a run of the alphabet that follows the prefix is a key of this format.</summary>
    internal bool Fits(ReadOnlySpan<char> value) =>
        value.Length >= Least && value.Length <= Most && (!Mixed || Likelihood.IsMixed(value)) && (!Digits || value.ContainsAnyInRange('0', '9')) && !Likelihood.IsPlaceholder(value);
}
