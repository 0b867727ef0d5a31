using System.Globalization;
using System.Net.Http.Headers;

namespace Colophon.Models.Wires.Transport;

/// <summary>Reads how long a provider asks to wait: <c>Retry-After</c> as seconds or date (RFC 9110 10.2.3), or OpenAI's milliseconds.</summary>
internal static class RetryAfterHeader
{
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider clock)
    {
        if (headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is >= 0 and < int.MaxValue)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        if (headers.RetryAfter is not { } header)
            return null;
        if (header.Delta is { } delta)
            return delta;
        return header.Date is { } date && date - clock.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero;
    }
}
