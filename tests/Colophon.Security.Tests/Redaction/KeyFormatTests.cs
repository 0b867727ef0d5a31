using Colophon.Security.Redaction;

namespace Colophon.Security.Tests.Redaction;

public sealed class KeyFormatTests
{
    // No key stands here whole, so that no scanner of repositories takes this file for a leak.
    private const string Mixed = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4eF6gH8jK3mP5qR7sT9uV2wX4zB6cD8fG3hJ5kM7nP9";
    private const string Hexes = "3f9a1c7e5b2d8f4a6c1e9b7d5a3f2c8e4b6d1f9a7c3e5b8d2f4a6c9e1b7d3f5a8c2e4b6d";
    private const string Uppers = "Q3EGRTY7KLM2NOP4WXZ6BCD8FHJ3KLMN5PQR7STV9WXY2ZBC4DFG6HJK8LMN";

    public static TheoryData<string, string> Keys()
    {
        var data = new TheoryData<string, string>();
        void Add(string kind, string prefix, string body, int length)
        {
            while (body.Length < length)
                body += body;
            data.Add(kind, prefix + body[..length]);
        }

        foreach (var prefix in (string[])["sk-admin-", "sk-svcacct-"])
            Add("openai-key", prefix, Mixed, 60);
        Add("langfuse-key", "sk-lf-", "3f9a1c7e-5b2d-4f4a-9c1e-9b7d5a3f2c8e", 36);
        Add("replicate-token", "r8_", Mixed, 37);
        Add("perplexity-key", "pplx-", Mixed, 48);
        Add("xai-key", "xai-", Mixed, 80);
        Add("cerebras-key", "csk-", Mixed, 48);
        Add("together-key", "tgp_v1_", Mixed, 43);
        Add("nvidia-key", "nvapi-", Mixed, 64);
        Add("pinecone-key", "pcsk_", Mixed, 68);
        Add("tavily-key", "tvly-", Mixed, 32);
        Add("langsmith-key", "lsv2_pt_", Hexes, 43);
        Add("elevenlabs-key", "sk_", Hexes, 48);
        foreach (var prefix in (string[])["ASIA", "ABIA", "ACCA"])
            Add("aws-key", prefix, Uppers, 16);
        Add("aws-key", "ABSK", Mixed, 120);
        Add("google-token", "ya29.", Mixed, 60);
        Add("google-secret", "GOCSPX-", Mixed, 28);
        Add("google-token", "1//0", Mixed, 80);
        Add("alibaba-key", "LTAI", Mixed, 20);
        Add("tencent-key", "AKID", Mixed, 32);
        foreach (var prefix in (string[])["dop_v1_", "doo_v1_", "dor_v1_"])
            Add("digitalocean-token", prefix, Hexes, 64);
        Add("heroku-key", "HRKU-AA", Mixed, 58);
        Add("netlify-token", "nfp_", Mixed, 36);
        Add("vercel-token", "vercel_blob_rw_", Mixed, 45);
        Add("fly-token", "fm2_", Mixed, 300);
        Add("neon-key", "napi_", Mixed, 64);
        Add("render-key", "rnd_", Mixed, 28);
        Add("supabase-token", "sbp_", Hexes, 40);
        Add("supabase-key", "sb_secret_", Mixed, 31);
        Add("planetscale-token", "pscale_tkn_", Mixed, 43);
        Add("databricks-token", "dapi", Hexes, 32);
        foreach (var prefix in (string[])["gho_", "ghu_", "ghs_", "ghr_"])
            Add("github-token", prefix, Mixed, 36);
        foreach (var prefix in (string[])["gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glimt-", "glagent-", "gloas-", "glffct-", "GR1348941"])
            Add("gitlab-token", prefix, Mixed, 24);
        Add("bitbucket-password", "ATBB", Mixed, 32);
        Add("atlassian-token", "ATATT3", Mixed, 186);
        Add("pypi-token", "pypi-", Mixed, 160);
        Add("rubygems-key", "rubygems_", Hexes, 48);
        Add("crates-io-token", "cio", Mixed, 32);
        Add("nuget-key", "oy2", "a3d5f7h9j2k4m6n8p3q5r7s9t2v4w6x8z3b5c7d9f2g4", 43);
        Add("clojars-token", "CLOJARS_", Hexes, 60);
        Add("docker-token", "dckr_pat_", Mixed, 27);
        Add("artifactory-key", "AKCp", Mixed, 69);
        Add("circleci-token", "CCIPAT_", Mixed, 63);
        Add("buildkite-token", "bkua_", Hexes, 40);
        Add("sonar-token", "sqp_", Hexes, 40);
        Add("postman-key", "PMAK-", "3f9a1c7e5b2d8f4a6c1e9b7d-5a3f2c8e4b6d1f9a7c3e5b8d2f4a6c9e1b", 58);
        Add("pulumi-token", "pul-", Hexes, 40);
        Add("vault-token", "hvs.", Mixed, 95);
        foreach (var prefix in (string[])["dp.pt.", "dp.st.", "dp.ct.", "dp.sa."])
            Add("doppler-token", prefix, Mixed, 43);
        Add("onepassword-key", "A3-", "QR7ST9-UV2WX4-ZB6CD-8FG3H-J5KM7-NP9QR", 37);
        Add("tailscale-key", "tskey-", "auth-kB3dE5fG7hJ9-kL1mN2pQ4rS6tU8vW2yZaC4eF6gH8jK3", 50);
        Add("newrelic-key", "NRAK-", Uppers, 27);
        Add("grafana-token", "glsa_", Mixed, 41);
        Add("sentry-token", "sntryu_", Hexes, 64);
        Add("dynatrace-token", "dt0c01.", Uppers + "." + Uppers, 89);
        foreach (var prefix in (string[])["xoxa-", "xoxp-", "xoxr-", "xoxs-", "xoxc-", "xapp-"])
            Add("slack-token", prefix, "1234567891-" + Mixed, 50);
        Add("slack-webhook", "hooks.slack.com/services/", "T0AB3CD5E/B0FG7HJ9K/" + Mixed, 44);
        Add("discord-webhook", "discord.com/api/webhooks/", "123456789123456789/" + Mixed, 87);
        Add("sendgrid-key", "SG.", Mixed[..22] + "." + Mixed, 66);
        Add("twilio-key", "SK", Hexes, 32);
        Add("mailgun-key", "key-", Hexes, 32);
        Add("brevo-key", "xkeysib-", Hexes, 81);
        foreach (var prefix in (string[])["rk_live_", "sk_test_"])
            Add("stripe-key", prefix, Mixed, 24);
        Add("stripe-secret", "whsec_", Mixed, 32);
        Add("square-secret", "sq0csp-", Mixed, 43);
        foreach (var prefix in (string[])["shpat_", "shpca_", "shppa_"])
            Add("shopify-token", prefix, Hexes, 32);
        Add("linear-key", "lin_api_", Mixed, 40);
        Add("notion-token", "ntn_", Mixed, 46);
        Add("notion-token", "secret_", Mixed, 43);
        Add("figma-token", "figd_", Mixed, 45);
        Add("hubspot-token", "pat-na1-", "3f9a1c7e-5b2d-4f4a-9c1e-9b7d5a3f2c8e", 36);
        Add("contentful-token", "CFPAT-", Mixed, 43);
        Add("mapbox-token", "sk.eyJ", Mixed + "." + Mixed, 90);
        Add("dropbox-token", "sl.", Mixed, 135);
        Add("terraform-token", "aB3dE5fG7hJ9kL.atlasv1.", Mixed, 67);
        Add("telegram-token", "123456789:AA", Mixed, 33);
        Add("azure-secret", "aB38Q~", Mixed, 34);
        Add("private-key", "LS0tLS1CRUdJTi" + "BQUklWQVRFIEtFWS0tLS0t", Mixed, 200);
        return data;
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_of_a_provider_is_found_whole(string kind, string key)
    {
        foreach (var (before, after) in ((string, string)[])[("", ""), ("x = \"", "\";\n"), ("(", ")"), ("- ", "\r\n")])
            Assert.Equal([new SecretMatch(before.Length, key.Length, kind)], SecretScanner.Scan(before + key + after));
    }

    [Theory]
    [InlineData("machine example.org login ada password hunter22\n", "hunter22")]
    [InlineData("machine example.org\n  login ada\n  password s3cr3t!!\n", "s3cr3t!!")]
    [InlineData("DISCORD_TOKEN=MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs")]
    [InlineData("curl --api-key aB3dE5fG7hJ9kL1mN2 x", "aB3dE5fG7hJ9kL1mN2")]
    [InlineData("mysql --password 'aB3dE5fG7hJ9kL1mN2'", "aB3dE5fG7hJ9kL1mN2")]
    [InlineData("<add key=\"ApiKey\" value=\"aB3dE5fG7hJ9kL1mN2\"/>", "aB3dE5fG7hJ9kL1mN2")]
    [InlineData("<password>aB3dE5fG7hJ9kL1mN2</password>", "aB3dE5fG7hJ9kL1mN2")]
    [InlineData("Authorization: Basic YWRhOmNvcnJlY3QgaG9yc2UgMTIz", "YWRhOmNvcnJlY3QgaG9yc2UgMTIz")]
    [InlineData("Server=db;User Id=ada;Pwd=aB3dE5fG7hJ9kL1mN2;", "aB3dE5fG7hJ9kL1mN2")]
    [InlineData("DefaultEndpointsProtocol=https;AccountKey=aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4eF6gH8jK3mP5qR7sT9uV2wX4zB6cD8fG3hJ5kM7nP9aB==;", "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4eF6gH8jK3mP5qR7sT9uV2wX4zB6cD8fG3hJ5kM7nP9aB==")]
    [InlineData("https://api.telegram.org/bot123456789:AA" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZa/getMe", "123456789:AA" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZa")]
    [InlineData("redis://:aB3dE5fG7@cache:6379/0", "aB3dE5fG7")]
    [InlineData("mongodb+srv://ada:aB3dE5fG7@cluster.example.net/db", "aB3dE5fG7")]
    public void A_password_in_its_usual_place_is_found(string text, string secret)
    {
        var match = Assert.Single(SecretScanner.Scan(text));
        Assert.Equal(secret, text.Substring(match.Start, match.Length));
    }

    [Fact]
    public void A_program_that_names_a_keys_first_and_last_line_holds_no_key() =>
        Assert.Empty(SecretScanner.Scan("private static string Header => \"-----BEGIN OPENSSH PRIVATE KEY-----\";\nprivate static string Footer => \"-----END OPENSSH PRIVATE KEY-----\"; // and what it is good for: nothing much, as it goes"));

    [Fact]
    public void A_putty_key_loses_its_private_part_only()
    {
        var body = string.Concat(Enumerable.Repeat(Mixed[..64] + "\n", 3));
        Assert.Equal("PuTTY-User-Key-File-3: ssh-ed25519\n[redacted:private-key]", Redactor.Scrub($"PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 3\n{body}"));
    }

    [Theory]
    [InlineData("the state machine login screens use is old")]
    [InlineData("machine learning password policies")]
    [InlineData("integrity sha512-aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW2yZaC4eF6gH8jK3mP5qR7sT9uV2wX4zB6cD8fG3hJ5kM7nP9==")]
    [InlineData("id: 3f9a1c7e-5b2d-4f4a-9c1e-9b7d5a3f2c8e")]
    [InlineData("checksum = \"3f9a1c7e5b2d8f4a6c1e9b7d5a3f2c8e4b6d1f9a7c3e5b8d2f4a6c9e1b7d3f5a\"")]
    [InlineData("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==")]
    [InlineData("token: CancellationToken.None, password = passwordBox1.Text2")]
    [InlineData("key-value-pairs SKIP cio pk_index sk_index rnd_seed 12:AAA")]
    [InlineData("basic authentication-with-2-factors1")]
    [InlineData("--token-limit 100000000000000000")]
    [InlineData("secret: ${{ secrets.DEPLOY_TOKEN_2024_PRODUCTION }}")]
    [InlineData("password: process.env.DATABASE_PASSWORD_V2")]
    public void Hashes_ids_images_and_prose_are_left_alone(string text) => Assert.Empty(SecretScanner.Scan(text));

    [Fact]
    public void A_hash_allows_one_text_and_no_other()
    {
        var key = "ghp_" + Mixed[..36];
        var options = new ScanOptions { AllowedHashes = new HashSet<string>(StringComparer.Ordinal) { SecretScanner.HashOf(key) } };
        Assert.Empty(SecretScanner.Scan($"a {key} b", options));
        Assert.Single(SecretScanner.Scan($"a {key}9 b", options));
    }
}
