using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>One execution about to be booked.</summary>
/// <param name="Cause">Why it happens.</param>
/// <param name="Price">At which price.</param>
/// <param name="Size">How much.</param>
/// <param name="Shown">How much the book or the print shows for it.</param>
/// <param name="Print">Size of the public print behind it; 0 without one.</param>
/// <param name="VenueNs">When, venue clock, ns.</param>
internal readonly record struct Fill(FillCause Cause, Price Price, Size Size, Size Shown, Size Print, long VenueNs);
