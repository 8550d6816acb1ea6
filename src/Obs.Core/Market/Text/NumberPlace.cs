namespace Obs.Core.Market.Text;

/// <summary>Where a decimal number lies in a frame.</summary>
/// <param name="Start">First character.</param>
/// <param name="Point">First point at or behind the start; anything at or behind <paramref name="End"/> means there is none.</param>
/// <param name="End">Position behind the last character.</param>
internal readonly record struct NumberPlace(int Start, int Point, int End);
