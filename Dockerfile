# For CI: the suite, installed, in Playwright's own image, which holds the browsers of exactly one version of Playwright:
# the one in requirements.lock (a test holds the two together). docs/ci.md shows how it is used.
FROM mcr.microsoft.com/playwright/python:v1.65.2-noble

WORKDIR /suite
COPY requirements.lock pyproject.toml README.md LICENSE targets.toml ./
COPY features features
COPY steps steps
COPY fake_backend fake_backend
RUN pip install --no-cache-dir --constraint requirements.lock ".[allure]"

# Reports are written where the container is started: mount a directory there. Browsers run as an ordinary user.
WORKDIR /work
RUN chown pwuser /work
USER pwuser
ENTRYPOINT ["acceptance"]
CMD ["run"]
