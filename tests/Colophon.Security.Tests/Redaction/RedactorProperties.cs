using Colophon.Security.Redaction;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Security.Tests.Redaction;

public sealed class RedactorProperties
{
    private const string Random = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYzA1cD3eF";

    /// <summary>Texts made of pieces of secrets in any order, which is where redaction goes wrong if it does.</summary>
    private static readonly Arbitrary<string> s_pieces = Gen.Elements(
            "sk-ant-", "sk-", "ghp_", "AKIA", "Q3EGRTY7KLM2NOP4", "AIza", "eyJhbGciOiJI", ".", "eyJzdWIiOiIx", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----",
            "-----END", "\n", "\\n", Random, Random[..20], "token", "secret", "api_key", "password", "=", ": ", "\"", "'", "]", "[redacted:jwt]", " ", "://", "u:", "@", "Bearer ", "x", "7",
            "Z", "\u00e9", "\ud83d", "\0", "your", "npm_", "xoxb-")
        .ListOf()
        .Select(static pieces => string.Concat(pieces))
        .ToArbitrary();

    [Fact]
    public void Scrubbing_twice_is_scrubbing_once_and_no_secret_survives() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000),
        Prop.ForAll(s_pieces, static text =>
        {
            var once = Redactor.Scrub(text);
            return Redactor.Scrub(once) == once && SecretScanner.Scan(once).Count == 0;
        }));

    [Fact]
    public void Any_text_at_all_is_taken() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), static text => Redactor.Scrub(text ?? "") is not null));

    [Fact]
    public void Matches_are_in_order_inside_the_text_and_apart() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(s_pieces, static text =>
        {
            var end = 0;
            foreach (var match in SecretScanner.Scan(text))
            {
                if (match.Start < end || match.Length <= 0)
                    return false;
                end = match.Start + match.Length;
            }

            return end <= text.Length;
        }));

    [Fact]
    public void A_key_between_any_two_words_is_gone() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll(s_pieces, s_pieces, static (before, after) =>
        {
            var key = "ghp_" + new string(Random.Reverse().ToArray())[..36];
            return !Redactor.Scrub($"{before} {key} {after}").Contains(key, StringComparison.Ordinal);
        }));
}
