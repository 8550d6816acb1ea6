using Obs.Core.Market;
using Obs.Core.Models;
using Obs.Core.Simulation;
using Obs.Core.Tests.Models;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>A seeded model of the six features, and options that trade on it: small enough to be quick, wide enough that its background part matters.</summary>
internal static class EngineModel
{
    public static SequenceModel Of(int hidden = 24, int window = 12, int layers = 2, string scale = "[1000, 1000000, 1, 10000, 0.5, 0.001]")
    {
        SafetensorsBuilder builder = ModelFixture.Builder(ModelKind.Lstm, hidden, features: 6, window, layers, seed: 5);
        builder.Metadata["obs.features"] = "spread,mid_price,obi,price_volatility,buy_sell_ratio,price_change_rate";
        builder.Metadata["obs.scaler.center"] = "[1000, 100000000, 0, 0, 0.5, 0]";
        builder.Metadata["obs.scaler.scale"] = scale;
        builder.Metadata["obs.target"] = "return";
        builder.Metadata["obs.target.center"] = "0";
        return builder.Model();
    }

    public static Obs.Core.Engine.EngineOptions Options(double threshold = 0.00002) => new()
    {
        Catalog = DefaultInstruments.Catalog,
        Model = Of(),
        Strategy = () => new ThresholdStrategy(threshold, CostModel.Fee),
        Fees = FeeSchedule.FromFractions(0, 0),
        Paper = new PaperVenueOptions(),
    };
}
