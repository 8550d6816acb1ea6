namespace Obs.Core.Simulation;

/// <summary>The two ways Upbit names the members of its frames (docs.upbit.com/kr/reference: websocket-orderbook, websocket-trade, websocket-ticker).</summary>
internal enum UpbitFrameFormat : byte
{
    /// <summary>Short names: <c>tms</c>, <c>obu</c>.</summary>
    Simple = 0,

    /// <summary>Full names: <c>timestamp</c>, <c>orderbook_units</c>.</summary>
    Default = 1,
}
