using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class JsonScalarTests
{
    [TestCase("5", DecodeStatus.Ok)]
    [TestCase("5.0", DecodeStatus.Ok)]
    [TestCase("1e3", DecodeStatus.Ok)]
    [TestCase("0", DecodeStatus.Ok)]
    [TestCase("-1", DecodeStatus.BadSequence)]
    [TestCase("5.5", DecodeStatus.WrongType)]
    [TestCase("1e30", DecodeStatus.Overflow)]
    [TestCase("\"5\"", DecodeStatus.WrongType)]
    [TestCase("null", DecodeStatus.WrongType)]
    public void An_id_is_an_integer_that_is_not_negative(string text, object status) =>
        Assert.That(JsonScalar.Id(Frame(text, out JsonValue value), value, out _), Is.EqualTo((DecodeStatus)status));

    [TestCase("1760000000123", DecodeStatus.Ok)]
    [TestCase("1760000000123456", DecodeStatus.Ok)]
    [TestCase("1.760000000123e12", DecodeStatus.Ok)]
    [TestCase("5", DecodeStatus.BadSequence)]
    [TestCase("-1760000000123", DecodeStatus.BadSequence)]
    [TestCase("true", DecodeStatus.WrongType)]
    public void A_time_lies_in_this_century(string text, object status) =>
        Assert.That(JsonScalar.TimeNs(Frame(text, out JsonValue value), value, out _), Is.EqualTo((DecodeStatus)status));

    [Test]
    public void What_is_missing_is_a_missing_field_or_nothing()
    {
        Assert.That(JsonScalar.Id([], default, out _), Is.EqualTo(DecodeStatus.MissingField));
        Assert.That(JsonScalar.TimeNs([], default, out _), Is.EqualTo(DecodeStatus.MissingField));
        Assert.That(JsonScalar.Decimal([], default, JsonKind.Text, 2, out _), Is.EqualTo(DecodeStatus.MissingField));
        Assert.That(JsonScalar.OptionalTimeNs([], default, out long ns), Is.EqualTo(DecodeStatus.Ok));
        Assert.That(JsonScalar.OptionalTotal([], default, out double total), Is.EqualTo(DecodeStatus.Ok));
        Assert.That((ns, double.IsNaN(total)), Is.EqualTo((0L, true)));
    }

    [TestCase("\"1.25\"", DecodeStatus.Ok)]
    [TestCase("\"1\\u002e25\"", DecodeStatus.Ok)]
    [TestCase("1.25", DecodeStatus.WrongType)]
    [TestCase("\"1.255\"", DecodeStatus.OffScale)]
    [TestCase("\"abc\"", DecodeStatus.Malformed)]
    public void A_decimal_in_a_string_may_have_escapes(string text, object status)
    {
        DecodeStatus read = JsonScalar.Decimal(Frame(text, out JsonValue value), value, JsonKind.Text, 2, out long mantissa);
        Assert.That(read, Is.EqualTo((DecodeStatus)status));
        Assert.That(mantissa, Is.EqualTo(read == DecodeStatus.Ok ? 125 : 0));
    }

    [TestCase("1", "1", DecodeStatus.Ok)]
    [TestCase("0", "1", DecodeStatus.BadPrice)]
    [TestCase("-1", "1", DecodeStatus.BadPrice)]
    [TestCase("10000000001", "1", DecodeStatus.BadPrice)]
    [TestCase("10000000000", "1", DecodeStatus.Ok)]
    [TestCase("1", "0", DecodeStatus.BadSize)]
    [TestCase("1", "-1", DecodeStatus.BadSize)]
    [TestCase("-1", "-1", DecodeStatus.BadPrice)]
    public void A_trade_has_a_price_and_a_size(string price, string size, object status)
    {
        byte[] frame = Encoding.ASCII.GetBytes(price + " " + size);
        MarketScale market = MarketScale.Of(TestMarkets.Of(VenueId.Upbit, "X", 2, 2), 0);
        JsonValue first = new(JsonKind.Number, 0, price.Length), second = new(JsonKind.Number, price.Length + 1, size.Length);
        Assert.That(JsonScalar.Trade(frame, first, second, JsonKind.Number, market, out _), Is.EqualTo((DecodeStatus)status));
    }

    private static byte[] Frame(string text, out JsonValue value)
    {
        byte[] frame = Encoding.ASCII.GetBytes(text);
        JsonCursor cursor = new(frame);
        Assert.That(cursor.TryReadValue(out value, 0), Is.True);
        return frame;
    }
}
