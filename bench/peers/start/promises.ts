console.log(
  await (async () => {
    await undefined;
    return 1;
  })(),
);
