using System.Buffers;

namespace Colophon.Specs.Schemas;

/// <summary>The character sets <see cref="Yaml"/> scans for.</summary>
internal static class YamlCharacters
{
    internal static readonly SearchValues<char> Key = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");

    internal static readonly SearchValues<char> Word = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Breaks and controls that one YAML parser takes and the other does not.</summary>
    internal static readonly SearchValues<char> Foreign = SearchValues.Create("\0\v\f\r\u0085\u2028\u2029");

    internal static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    internal static readonly SearchValues<char> Octal = SearchValues.Create("01234567");
}
