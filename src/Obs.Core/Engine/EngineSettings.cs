namespace Obs.Core.Engine;

/// <summary>What a settings record asks for: its bytes as journaled, and the options they mean.</summary>
/// <remarks>Immutable. In force from its record on, until the next one; the bytes go into snapshots.</remarks>
internal sealed record EngineSettings(byte[] Payload, EngineOptions Options);
