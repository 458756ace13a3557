module.exports = {
  siteMetadata: { siteUrl: 'https://www.gullhaven.example' },
};
