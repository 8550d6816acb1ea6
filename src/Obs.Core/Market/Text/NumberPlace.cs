namespace Obs.Core.Market.Text;

/// <summary>Where a decimal number lies in a frame.</summary>
/// <param name="Start">First character.</param>
/// <param name="Whole">Characters before the first point, or before the end when there is none.</param>
/// <param name="End">Position behind the last character.</param>
internal readonly record struct NumberPlace(int Start, int Whole, int End);
