using System.Text;
using NUnit.Framework;
using Obs.Core.Market.Binance;

namespace Obs.Core.Tests.Market.Binance;

[TestFixture]
public sealed class BinanceStreamDecoderTests
{
    [TestCase("btcusdt@depth", BinanceStreamKind.DepthDiff)]
    [TestCase("btcusdt@depth@100ms", BinanceStreamKind.DepthDiff)]
    [TestCase("btcusdt@depth@0ms", BinanceStreamKind.DepthDiff)]
    [TestCase("btcusdt@depth5", BinanceStreamKind.Any)]
    [TestCase("btcusdt@depth20@100ms", BinanceStreamKind.Any)]
    [TestCase("btcusdt@rpiDepth@500ms", BinanceStreamKind.Any)]
    [TestCase("btcusdt@trade", BinanceStreamKind.Any)]
    [TestCase("!bookTicker", BinanceStreamKind.Any)]
    [TestCase("depth", BinanceStreamKind.Any)]
    [TestCase("@depth", BinanceStreamKind.DepthDiff)]
    [TestCase("", BinanceStreamKind.Any)]
    [TestCase("btcusdt@", BinanceStreamKind.Any)]
    public void Only_the_stream_of_changes_is_a_diff(string name, object kind) =>
        Assert.That(BinanceStreamDecoder.KindOf(Encoding.ASCII.GetBytes(name)), Is.EqualTo((BinanceStreamKind)kind));
}
