using System.Globalization;
using Colophon.Kernel.Words;

namespace Colophon.Kernel.Tests.Words;

public sealed class ComposedTextTests
{
    [Fact]
    public void Composes_as_an_independent_implementation_does()
    {
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Vectors/nfc.txt")))
        {
            var parts = line.Split(';');
            Assert.Equal(parts[1], Hex(ComposedText.Of(Text(parts[0]))));
            Assert.Equal(parts[1], Hex(ComposedText.Of(Text(parts[1]))));
        }
    }

    [Fact]
    public void Plain_text_is_returned_as_it_is()
    {
        const string text = "Écrire une note";
        Assert.Same(text, ComposedText.Of(text));
    }

    private static string Text(string hex) => string.Concat(hex.Split(' ').Select(static c => char.ConvertFromUtf32(int.Parse(c, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));

    private static string Hex(string text) => string.Join(' ', text.EnumerateRunes().Select(static rune => rune.Value.ToString("X", CultureInfo.InvariantCulture)));
}
