export async function benchWeight(): Promise<string> { return 'x' }
