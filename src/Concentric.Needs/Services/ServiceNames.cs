using System.Runtime.CompilerServices;
using Concentric.Core.Questions;
using Concentric.Needs.Concepts;

namespace Concentric.Needs.Services;

/// <summary>Tells the other areas what a service is called.</summary>
internal sealed class ServiceNames(ModelCache cache) : IServiceNames
{
    private readonly ConditionalWeakTable<NeedModel, IReadOnlyList<ServiceName>> _all = [];

    public async Task<ServiceName?> Find(string id, CancellationToken stop = default) =>
        (await cache.Current(stop)).Find(ConceptType.Service, id) is { } service ? NameOf(service) : null;

    public async Task<IReadOnlyList<ServiceName>> All(CancellationToken stop = default) =>
        _all.GetValue(await cache.Current(stop), model => [.. model.InUse(ConceptType.Service).Select(NameOf)]);

    private static ServiceName NameOf(Concept service) => new(service.Identifier, service.Label, service.CitizenLabel) { IsSensitive = service.IsSensitive };
}
