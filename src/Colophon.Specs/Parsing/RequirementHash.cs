using System.Security.Cryptography;
using System.Text;
using Colophon.Specs.Tracing;

namespace Colophon.Specs.Parsing;

/// <summary>The identity of a requirement's wording, see <see cref="Requirement.Hash"/>, and the slug of its name.</summary>
internal static class RequirementHash
{
    internal static string Of(string text)
    {
        var normal = new StringBuilder(text.Length);
        var blank = false;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var kept = Js.TrimEnd(text.AsSpan(range));
            if (kept.IsEmpty)
            {
                blank = normal.Length > 0;
                continue;
            }

            if (normal.Length > 0)
                normal.Append(blank ? "\n\n" : "\n");
            normal.Append(kept);
            blank = false;
        }

        return Hex(normal.ToString());
    }

    /// <summary>Gives each name of a file its id, the same whatever list of the file it stands in.</summary>
    internal static string Id(string capability, string name, Dictionary<string, string> taken)
    {
        var slug = $"{capability}/{TraceSlug.Of(name, "requirement")}";
        if (!taken.TryAdd(slug, name) && taken[slug] != name)
        {
            slug = $"{slug}-{TraceSlug.Digits(name)}";
            taken.TryAdd(slug, name);
        }

        return slug;
    }

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
