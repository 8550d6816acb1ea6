namespace Obs.Core.Signals;

/// <summary>What the windows remember of one book frame. 32 bytes.</summary>
/// <param name="TimeNs">Receive time.</param>
/// <param name="Flow">Order-flow increment e of the best level since the frame before, in lots.</param>
/// <param name="Depth">Bid plus ask size of the best level, in lots.</param>
/// <param name="DoubleMid">Bid plus ask price: twice the mid, as a mantissa.</param>
internal readonly record struct FrameEntry(long TimeNs, long Flow, long Depth, long DoubleMid);
