using System.Globalization;
using System.Text;
using Colophon.Kernel.Json;

namespace Colophon.Kernel.Tests.Json;

public sealed class CanonicalJsonTests
{
    private static readonly StrictJsonOptions AnyNumber = new() { IntegersOnly = false };

    private static string Vectors => Path.Combine(AppContext.BaseDirectory, "Vectors/jcs");

    public static TheoryData<string> Names() => new(Directory.GetFiles(Path.Combine(Vectors, "input")).Select(Path.GetFileName).OfType<string>());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_vectors_of_rfc_8785_come_out_byte_for_byte(string name)
    {
        using var result = StrictJson.Parse(File.ReadAllBytes(Path.Combine(Vectors, "input", name)), AnyNumber);
        var document = Assert.IsType<System.Text.Json.JsonDocument>(result.Document);
        var canonical = CanonicalJson.ToBytes(document.RootElement);
        Assert.Equal(File.ReadAllText(Path.Combine(Vectors, "output", name)), Encoding.UTF8.GetString(canonical));
        Assert.True(StrictJson.Check(canonical, AnyNumber).IsCanonical);
    }

    [Fact]
    public void Numbers_are_written_as_ecmascript_writes_them()
    {
        var all = Path.Combine(AppContext.BaseDirectory, "../../../../../shared/kits/provenance-vectors/jcs/es6numbers-10000.txt");
        foreach (var line in File.ReadLines(File.Exists(all) ? all : Path.Combine(Vectors, "es6numbers-1000.txt")))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            var bits = ulong.Parse(line.AsSpan(0, comma), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Assert.Equal(line[(comma + 1)..], Es6Number.Format(BitConverter.UInt64BitsToDouble(bits)));
        }
    }
}
