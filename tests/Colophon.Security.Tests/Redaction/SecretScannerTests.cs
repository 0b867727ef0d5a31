using System.Diagnostics;
using Colophon.Security.Redaction;

namespace Colophon.Security.Tests.Redaction;

public sealed class SecretScannerTests
{
    // Put together at run time, so that no scanner of repositories takes this file for a leak.
    private static readonly string s_random = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzA1cD3eF";

    public static TheoryData<string, string> Keys() => new()
    {
        { "anthropic-key", "sk-ant-" + "api03-" + s_random },
        { "openai-key", "sk-proj-" + s_random },
        { "openai-key", "sk-" + s_random },
        { "openrouter-key", "sk-or-v1-" + s_random },
        { "github-token", "ghp_" + s_random[..36] },
        { "github-token", "github_pat_" + s_random },
        { "gitlab-token", "glpat-" + s_random[..20] },
        { "aws-key", "AKIA" + "Q3EGRTY7KLM2NOP4" },
        { "google-key", "AIza" + s_random[..35] },
        { "slack-token", "xoxb-" + "123456789012-" + s_random[..24] },
        { "npm-token", "npm_" + s_random[..36] },
        { "huggingface-token", "hf_" + s_random[..34] },
        { "groq-key", "gsk_" + s_random },
        { "stripe-key", "sk_live_" + s_random[..24] },
        { "jwt", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + s_random },
        { "age-key", "AGE-SECRET-KEY-1" + "QQPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQQPZRY9X8GF2TVDW0S3JN54KH" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_is_found_wherever_it_stands(string kind, string key)
    {
        foreach (var (before, after) in ((string, string)[])[("", ""), ("key=", "\n"), ("\"", "\","), ("see (", ")."), ("line\\n", "\\n"), ("a ", " b"), ("\n", "\r\n")])
        {
            var matches = SecretScanner.Scan(before + key + after);
            Assert.Equal([new SecretMatch(before.Length, key.Length, kind)], matches);
        }
    }

    [Theory]
    [InlineData("api_key = \"{0}\"")]
    [InlineData("API_KEY={0}")]
    [InlineData("'clientSecret': '{0}',")]
    [InlineData("\"client_secret\":\"{0}\"")]
    [InlineData("{{\\\"token\\\": \\\"{0}\\\"}}")]
    [InlineData("password := `{0}`")]
    [InlineData("config[\"password\"] = \"{0}\"")]
    [InlineData("Authorization: Bearer {0}")]
    [InlineData("export AWS_SECRET_ACCESS_KEY={0}")]
    [InlineData("postgres://user:{0}@host/db")]
    public void A_random_value_with_a_secrets_name_is_found(string format)
    {
        var text = string.Format(null, System.Text.CompositeFormat.Parse(format), s_random);
        var match = Assert.Single(SecretScanner.Scan(text));
        Assert.Equal(s_random, text.Substring(match.Start, match.Length));
    }

    [Theory]
    [InlineData("RSA PRIVATE KEY")]
    [InlineData("OPENSSH PRIVATE KEY")]
    [InlineData("PRIVATE KEY")]
    [InlineData("PGP PRIVATE KEY BLOCK")]
    public void A_private_key_is_found_whole_also_without_its_end(string label)
    {
        var body = string.Concat(Enumerable.Repeat(s_random + s_random[..24] + "\n", 5));
        var key = $"-----BEGIN {label}-----\n{body}-----END {label}-----";
        Assert.Equal("a\n[redacted:private-key]\nb", Redactor.Scrub($"a\n{key}\nb"));
        Assert.Equal("a\n[redacted:private-key]the log goes on\n", Redactor.Scrub($"a\n-----BEGIN {label}-----\n{body}the log goes on\n"));
        Assert.Equal("{\"key\":\"[redacted:private-key]\"}", Redactor.Scrub($"{{\"key\":\"{key.Replace("\n", "\\n")}\"}}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("A risk-averse task-oriented person asked for a disk-based desk-lamp")]
    [InlineData("class=\"sk-loading-spinner-container-large-2x\"")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("ANTHROPIC_API_KEY=your-api-key-goes-right-here-1234")]
    [InlineData("token = self.tokenizer.next_token_from_stream(0, 1)")]
    [InlineData("max_tokens: 8000, tokens=123456789012345678901234567890")]
    [InlineData("secret_key_base_path = config/initializers/secret_token_2024.rb")]
    [InlineData("\"sha256\":\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")]
    [InlineData("\"keyid\":\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaB3dE5fG7hJ9kL1mN2pQ4rS6tU8v\n-----END PUBLIC KEY-----")]
    [InlineData("if (text.Contains(\"-----BEGIN PRIVATE KEY-----\")) throw;")]
    [InlineData("https://example.org:8080/path@2x.png and git@github.com:owner/repo.git")]
    [InlineData("postgres://user:password@localhost/db")]
    [InlineData("index 9f86d081884c7d659a2feaa0c55ad015..e3b0c44298fc1c149afbf4c8996fb924 100644")]
    public void What_only_resembles_a_secret_is_left_alone(string text)
    {
        Assert.Empty(SecretScanner.Scan(text));
        Assert.Same(text, Redactor.Scrub(text));
    }

    [Fact]
    public void Our_own_sources_hold_no_secret()
    {
        var root = AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("/artifacts/", StringComparison.Ordinal)];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories))
            Assert.True(SecretScanner.Scan(File.ReadAllText(file)).Count == 0, file);
    }

    [Fact]
    public void Allowed_texts_are_left_and_known_values_are_taken()
    {
        var key = "ghp_" + s_random[..36];
        Assert.Empty(SecretScanner.Scan(key, new ScanOptions { Allowed = new HashSet<string> { key } }));
        Assert.Equal("is [redacted:known-secret]!", Redactor.Scrub("is correct horse!", new ScanOptions { Known = ["correct horse", "short"] }));
    }

    [Theory]
    [InlineData("sk-")]
    [InlineData("sk-ant-")]
    [InlineData("eyJ-")]
    [InlineData("eyJaaaaaaa.")]
    [InlineData("token=")]
    [InlineData("token=a1b2")]
    [InlineData("://a:b")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY----- ")]
    [InlineData("-----BEGIN ")]
    [InlineData("your-sk-your-ghp_")]
    [InlineData("AKIA")]
    [InlineData(":AA")]
    [InlineData("8Q~")]
    [InlineData("1:AA.atlasv1.8Q~")]
    [InlineData("machine ")]
    [InlineData("machine a login b account c ")]
    [InlineData("--token ")]
    [InlineData("token=aaaaaa.")]
    [InlineData("token=a1B2c3D4e5F6g7H8.aaaaaa")]
    [InlineData("Private-Lines: 1\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----a b c d e f g h\n-----END PRIVATE KEY-----")]
    [InlineData("SKSGsl.hvs.xoxb-cio")]
    public void A_hostile_text_costs_no_more_than_its_length(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + "-----END";
        var started = Stopwatch.GetTimestamp();
        SecretScanner.Scan(text);
        // Some 50 ms where the work grows with the length; half a minute and more where it grows with its square.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Blotting_keeps_lengths_and_lines_and_doing_it_again_changes_nothing()
    {
        var token = "ghp_" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4e";
        var key = "-----BEGIN RSA " + "PRIVATE KEY-----\n" + string.Concat(Enumerable.Repeat("aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4eF6gH8jK3mP5qR7sT9uV2wX4zB6cD\r\n", 3)) + "-----END RSA " + "PRIVATE KEY-----";
        var text = $"one {token} two\n{key}\nthree";
        var blotted = Redactor.Blot(text, ScanOptions.Default);
        Assert.Equal((text.Length, text.Count(static c => c == '\n')), (blotted.Length, blotted.Count(static c => c == '\n')));
        Assert.StartsWith($"one {new string('*', token.Length)} two\n***", blotted, StringComparison.Ordinal);
        Assert.EndsWith("*\nthree", blotted, StringComparison.Ordinal);
        Assert.DoesNotContain("aB3d", blotted, StringComparison.Ordinal);
        Assert.Same(blotted, Redactor.Blot(blotted, ScanOptions.Default));
    }
}
